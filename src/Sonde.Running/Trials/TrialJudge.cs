using Sonde.Analysis.Trials;
using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Running.Trials;

/// <summary>Looks for findings while a trial is trained, at evaluations that are ever further apart, so that it costs next to nothing.</summary>
/// <param name="manifest">The trial.</param>
/// <param name="muted">Ids of findings that are not wanted.</param>
internal sealed class TrialJudge(TrialManifest manifest, IReadOnlyCollection<string> muted)
{
    // From one judgement to the next the number of updates grows by this factor.
    private const double Growth = 1.25;

    private readonly List<CurvePoint> curve = [];
    private readonly List<LayerStatistics> layers = [];
    private readonly Dictionary<string, Finding> said = [];
    private long due;

    /// <summary>What is said of the trial now: faults, causes first.</summary>
    public IReadOnlyList<Finding> Said { get; private set; } = [];

    /// <summary>Takes what was recorded before the trial was resumed.</summary>
    public void Resume(RecordedTrial before)
    {
        foreach (var finding in before.Findings)
            Take(finding);
        Said = [.. said.Values];
        layers.AddRange(before.Layers);
        foreach (var point in before.Curve)
            if (Add(point))
                due = Next(point.Update);
    }

    /// <summary>Adds a row.</summary>
    public void Add(LayerStatistics row) => layers.Add(row);

    /// <summary>Adds a point.</summary>
    /// <returns>True if it is time to judge.</returns>
    public bool Add(CurvePoint point)
    {
        curve.Add(point);
        return point is { Split: "test", Update: > 0 } && point.Update >= due;
    }

    /// <summary>Judges the trial.</summary>
    /// <param name="update">Updates done.</param>
    /// <returns>Findings that are said now and were not before, and, with confidence 0, those that were and are not.</returns>
    public IReadOnlyList<Finding> Judge(long update)
    {
        due = Next(update);
        var verdict = Verdict.From(TrialFacts.HistoryOf(new(manifest with { Updates = update }, curve, layers, [])), muted);
        Said = [.. verdict.Findings.Where(finding => finding.IsFault)];
        Finding[] changes =
        [
            .. Said.Where(finding => !said.ContainsKey(finding.Id)).Select(finding => finding with { LastUpdate = update }),
            .. said.Values.Where(before => Said.All(finding => finding.Id != before.Id))
                .Select(before => before with { LastUpdate = update, Confidence = 0, Sentence = $"Withdrawn: {before.Sentence}" }),
        ];
        foreach (var change in changes)
            Take(change);
        return changes;
    }

    private static long Next(long update) => (long)(Growth * update) + 1;

    private void Take(Finding finding)
    {
        if (finding.Confidence > 0)
            said[finding.Id] = finding;
        else
            said.Remove(finding.Id);
    }
}
