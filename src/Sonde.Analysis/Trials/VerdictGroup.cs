using Sonde.Diagnosis;
using Sonde.Records.Trials;

namespace Sonde.Analysis.Trials;

/// <summary>Trials of a study whose verdicts differ in numbers alone, so that one sentence is enough.</summary>
/// <param name="Sentence">The verdict: on all trials if they are healthy, else on the first.</param>
/// <param name="Trials">The trials, in the order of the study.</param>
public sealed record VerdictGroup(string Sentence, IReadOnlyList<TrialSummary> Trials)
{
    /// <summary>A study with at most this many trials has a sentence for each.</summary>
    public const int MostAlone = 6;

    private const int MostNames = 4;

    /// <summary>Says which other trials the sentence holds for; null if it holds for one trial, or names all of them itself.</summary>
    public string? Others => Trials.Count < 2 || Trials[0].Verdict.IsHealthy ? null
        : $"Much the same holds for {Names(Trials.Skip(1).Select(trial => trial.Facts.Id).ToList())}{Errors([.. Trials.Skip(1)])}.";

    /// <summary>The heading of the sentence: the trial's id, or how many trials there are.</summary>
    public string Heading => Trials.Count > 1 && Trials[0].Verdict.IsHealthy ? $"{Trials.Count} trials" : Trials[0].Facts.Id;

    /// <summary>Groups the trials of a study: healthy ones, and those that ended alike and have the same findings in their sentence.</summary>
    /// <param name="trials">In the order of the study.</param>
    /// <returns>In the order of each group's first trial.</returns>
    public static IReadOnlyList<VerdictGroup> Of(IReadOnlyList<TrialSummary> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        return trials.Count <= MostAlone ? [.. trials.Select(trial => new VerdictGroup(trial.Verdict.Sentence, [trial]))]
            : [.. trials.GroupBy(Kind).Select(group => new VerdictGroup(SentenceOf([.. group]), [.. group]))];
    }

    private static string Kind(TrialSummary trial) => string.Join(' ',
        trial.Verdict.IsHealthy && trial.Outcome == TrialStatus.Done ? ["healthy"] : trial.Verdict.Named.Prepend(trial.Outcome));

    private static string SentenceOf(IReadOnlyList<TrialSummary> trials)
    {
        if (trials.Count == 1 || !trials[0].Verdict.IsHealthy || trials[0].Outcome != TrialStatus.Done)
            return trials[0].Verdict.Sentence;
        var (best, worst) = (trials.MinBy(trial => trial.TestError)!, trials.MaxBy(trial => trial.TestError)!);
        var measure = Measure(trials);
        return $"They learn well: the {measure.NameOf("test")} at the end is {measure.Text(best.TestError!.Value)} ({best.Facts.Id}) to "
            + $"{measure.Text(worst.TestError!.Value)} ({worst.Facts.Id}).";
    }

    private static string Errors(IReadOnlyList<TrialSummary> trials)
    {
        var errors = trials.Select(trial => trial.TestError).OfType<double>().Where(double.IsFinite).ToList();
        return errors.Count == 0 ? "" : $", with {Measure(trials).Range("test", errors.Min(), errors.Max())}";
    }

    private static ErrorMeasure Measure(IEnumerable<TrialSummary> trials) => ErrorMeasure.Shared(trials.Select(trial => trial.Facts.Network.Task));

    private static string Names(List<string> ids) => ids.Count <= MostNames
        ? string.Join(" and ", new[] { string.Join(", ", ids.SkipLast(1)), ids[^1] }.Where(text => text.Length > 0))
        : $"{string.Join(", ", ids.Take(MostNames - 1))} and {ids.Count - MostNames + 1} more";
}
