using Sonde.Analysis.Trials;
using Sonde.Diagnosis;
using Sonde.Records.Trials;

namespace Sonde.Figures.Pages.Documents;

/// <summary>A finding and the updates between which it was seen.</summary>
/// <param name="Finding">The finding as it was last.</param>
/// <param name="First">The first update at which it was seen.</param>
/// <param name="Last">The last one.</param>
/// <param name="Holds">True if it holds at the end of the records; false for one that was withdrawn.</param>
internal sealed record FindingSpan(Finding Finding, long First, long Last, bool Holds)
{
    /// <summary>Returns what the records say as a whole, and what was said while the trial trained and withdrawn later.</summary>
    public static IReadOnlyList<FindingSpan> Of(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var said = Said(trial.Findings);
        var end = Math.Max(trial.Layers.Select(row => row.Update).DefaultIfEmpty().Max(), trial.Curve.Select(point => point.Update).DefaultIfEmpty().Max());
        var now = TrialFacts.VerdictOf(trial).Findings.DistinctBy(finding => finding.Id).Select(finding =>
        {
            // A rule may know when it began; else the moment at which it was first said is known if somebody watched.
            var first = finding.FirstUpdate > 0 ? finding.FirstUpdate : said.Find(span => span.Finding.Id == finding.Id && span.Holds)?.First ?? 0;
            var last = finding.LastUpdate > 0 || finding.Evidence.ContainsKey("update") ? finding.LastUpdate : end;
            return new FindingSpan(finding, first, Math.Max(first, last), true);
        }).ToList();
        return [.. now.Concat(said.Where(span => !span.Holds)).OrderBy(span => span.First).ThenBy(span => span.Finding.Name, StringComparer.Ordinal)];
    }

    // A confidence of 0 withdraws a finding.
    private static List<FindingSpan> Said(IReadOnlyList<Finding> rows)
    {
        var (open, closed) = (new Dictionary<string, FindingSpan>(), new List<FindingSpan>());
        foreach (var row in rows)
            if (row.Confidence > 0)
                open[row.Id] = new(row, open.TryGetValue(row.Id, out var span) ? span.First : row.FirstUpdate, row.LastUpdate, true);
            else if (open.Remove(row.Id, out var gone))
                closed.Add(gone with { Last = row.LastUpdate, Holds = false });
        return [.. closed, .. open.Values];
    }
}
