using Sonde.Diagnosis.Findings;
using Sonde.Probes;
using Sonde.Training;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis;

/// <summary>What the records say of a trial: one plain sentence, and all findings behind it.</summary>
/// <param name="Sentence">The most telling findings in one sentence, with their numbers.</param>
/// <param name="Findings">All findings, in the order of <see cref="FindingList.All"/>.</param>
public sealed record Verdict(string Sentence, IReadOnlyList<Finding> Findings)
{
    /// <summary>How many causes follow the outcome in the sentence; more would bury it.</summary>
    public const int MostCauses = 2;

    private static readonly HashSet<string> Outcomes = [nameof(NonFiniteValues), nameof(StuckAtChance), nameof(Learning)];

    /// <summary>The verdict on a trial.</summary>
    /// <param name="network">The network.</param>
    /// <param name="curve">Errors; may be empty, as at initialization.</param>
    /// <param name="layers">Statistics of layers; may be empty.</param>
    /// <param name="chanceError">Error of the best constant guess, in per cent; null where it is not known.</param>
    public static Verdict From(NetworkFacts network, IEnumerable<CurvePoint> curve, IEnumerable<LayerStatistics> layers, double? chanceError = null)
    {
        var trial = new TrialHistory(network, curve, layers, chanceError);
        var findings = FindingList.FindIn(trial);
        var outcome = findings.FirstOrDefault(finding => Outcomes.Contains(finding.Name))?.Sentence ?? Undecided(trial);
        string[] parts = [outcome, .. findings.Where(finding => !Outcomes.Contains(finding.Name)).Take(MostCauses).Select(finding => finding.Sentence)];
        var told = parts.Where(part => part.Length > 0).Select((part, index) => index == 0 ? part.TrimEnd('.') : Continue(part)).ToList();
        return new(told.Count == 0 ? "The records hold too little for a verdict." : string.Join("; ", told) + ".", findings);
    }

    // Neither stuck nor clearly learning: say what the error did and leave it at that.
    private static string Undecided(TrialHistory trial) => trial.TestCurve switch
    {
        [] => "",
        [var only] => $"The test error is {PerCent(only.Error)} at update {Whole(only.Update)}.",
        [var first, .., var last] => $"The test error went from {PerCent(first.Error)} to {PerCent(last.Error)} "
            + $"in {Whole(last.Update - first.Update)} updates.",
    };

    private static string Continue(string sentence) => char.ToLowerInvariant(sentence[0]) + sentence[1..].TrimEnd('.');
}
