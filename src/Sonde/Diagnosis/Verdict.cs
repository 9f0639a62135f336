using Sonde.Numerics.Checks;
using Sonde.Probes;
using Sonde.Training;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis;

/// <summary>What the records say of a trial: what became of it, what may have caused that, and all findings behind it.</summary>
/// <param name="Sentence">The outcome in a sentence, and at most <see cref="MostCauses"/> causes in one each, with their numbers; beside a single cause, what
/// follows from it.</param>
/// <param name="Findings">All findings: causes first, by confidence, then what is a consequence of another finding.</param>
public sealed record Verdict(string Sentence, IReadOnlyList<Finding> Findings)
{
    /// <summary>How many causes, a consequence among them, follow the outcome; more would bury it.</summary>
    public const int MostCauses = 2;

    /// <summary>Names of the findings in <see cref="Sentence"/>, the outcome first. Trials with the same names differ in numbers alone.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>True if the trial learned well, so that <see cref="Sentence"/> names no causes.</summary>
    public bool IsHealthy { get; init; }

    /// <summary>What became of the trial, or is becoming of it.</summary>
    public TrialOutcome Outcome { get; init; }

    /// <summary>Findings that were not looked for, because the records lack what they need.</summary>
    public IReadOnlyList<UncheckedFinding> NotChecked { get; init => field = Given.NotNull(value, nameof(NotChecked)); } = [];

    /// <summary>Returns <see cref="Sentence"/> without findings in the words of what is said before it, such as why a trial diverged or stopped.</summary>
    /// <param name="said">What is said.</param>
    /// <param name="broken">Where numbers broke, if that is what is said; else null.</param>
    internal string SentenceAfter(string said, Divergence? broken = null) => said.Length == 0 ? Sentence : string.Join(' ', Findings
        .Where(finding => finding.Sentence.Length > 0
            && (finding.Sentence.Contains(said, StringComparison.Ordinal) || said.Contains(finding.Sentence, StringComparison.Ordinal)
                || IsOf(finding, broken)))
        .Aggregate(Sentence, (text, finding) => text.Replace(finding.Sentence, finding.Advice, StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries));

    // That numbers broke at an update in a layer is said once, in whatever words.
    private static bool IsOf(Finding finding, Divergence? broken) => broken is { Layer: { } layer } && finding.Name == "non-finite-values"
        && finding.Layers.Contains(layer) && finding.Evidence.GetValueOrDefault("update", -1) == broken.Update;

    /// <summary>Judges a trial by its records.</summary>
    /// <param name="network">The network.</param>
    /// <param name="curve">Errors; may be empty, as at initialization.</param>
    /// <param name="layers">Statistics of layers; may be empty.</param>
    /// <param name="chanceError">Error of always guessing the commonest class, in per cent; null if it is not known.</param>
    public static Verdict From(NetworkFacts network, IEnumerable<CurvePoint> curve, IEnumerable<LayerStatistics> layers, double? chanceError = null) =>
        From(new TrialHistory(network, curve, layers, chanceError));

    /// <summary>Judges a trial by all that is known of it.</summary>
    /// <param name="trial">The records and the setting.</param>
    /// <param name="muted">Ids or names of findings that are not wanted; null for none.</param>
    public static Verdict From(TrialHistory trial, IReadOnlyCollection<string>? muted = null)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var rules = FindingList.Rules.Where(rule => muted is null || !muted.Contains(rule.Id) && !muted.Contains(rule.Name)).ToList();
        var notChecked = rules.Select(rule => (Rule: rule, Lacks: rule.Lacks(trial))).Where(pair => pair.Lacks is not null).ToList();
        var findings = FindingOrder.Of(trial, rules.Except(notChecked.Select(pair => pair.Rule)));
        var outcome = FindingList.Outcomes.Select(rule => rule.FindIn(trial)).FirstOrDefault(finding => finding is not null);
        var outcomes = FindingList.Outcomes.Select(rule => rule.Name).ToHashSet();
        // A network that does well needs no causes: half of what they report is then a fact of its design.
        var isHealthy = FindingList.IsDoneWell(trial) && trial.Divergence is null;
        Finding[] said = isHealthy ? [] : [.. findings.Where(finding => finding.IsSaid && finding.Label is not (FaultLabel.Healthy or FaultLabel.Plateau)
            && !outcomes.Contains(finding.Name) && FindingList.Explains(finding, outcome))];
        // A single cause leaves room for what follows from it, as the collapse of a sigmoid's top layer.
        Finding[] causes = [.. said.Where(finding => finding.ConsequenceOf is null).Take(MostCauses)];
        if (causes is [var only])
            causes = [only, .. said.Where(finding => finding.ConsequenceOf == only.Id && IsSeenInLayers(finding)).Take(MostCauses - 1)];
        string[] sentences = [outcome?.Sentence ?? Undecided(trial), .. causes.Select(cause => cause.Sentence)];
        var text = string.Join(' ', sentences.Where(sentence => sentence.Length > 0));
        return new(text.Length == 0 ? "The records hold too little for a verdict." : text, findings)
        {
            Outcome = OutcomeOf.Trial(trial, findings), IsHealthy = isHealthy,
            Named = [.. new[] { outcome }.OfType<Finding>().Concat(causes).Select(finding => finding.Name)],
            NotChecked = [.. notChecked.Select(pair => new UncheckedFinding(pair.Rule.Id, pair.Rule.Name, pair.Lacks!))],
        };
    }

    // Advice on a consequence, such as another learning rate, would contradict that on its cause.
    private static bool IsSeenInLayers(Finding finding) =>
        finding.Label is FaultLabel.Saturating or FaultLabel.SaturatedAtStart or FaultLabel.Vanishing or FaultLabel.Exploding or FaultLabel.DeadUnits;

    // Neither stuck nor clearly learning: says what the error did, and no more.
    private static string Undecided(TrialHistory trial) => trial.TestCurve switch
    {
        [] => "",
        [.., { Error: double.NaN, Rmse: { } rmse } last] when double.IsFinite(rmse) => $"The test R² is undefined, because all test targets are equal"
            + $"{ErrorMeasure.Beside(last)} at {trial.Step} {Whole(last.Update)}.",
        // Costs alone, as some programs log them.
        [.., { Error: double.NaN }] => "",
        [var only] => Is(trial, only),
        [{ Error: double.NaN }, .., var last] => Is(trial, last),
        [var first, .., var last] => $"The {trial.Measure.NameOf("test")} went from {trial.Measure.Text(first.Error)} to {trial.Measure.Text(last.Error)}"
            + $"{ErrorMeasure.Beside(last)} in {trial.Steps(last.Update - first.Update)}.",
    };

    private static string Is(TrialHistory trial, CurvePoint point) => $"The {trial.Measure.NameOf("test")} is {trial.Measure.Text(point.Error)}"
        + $"{ErrorMeasure.Beside(point)} at {trial.Step} {Whole(point.Update)}.";
}
