using Sonde.Analysis.Trials;
using Sonde.Diagnosis;
using Sonde.Records.Trials;

namespace Sonde.Figures.Pages.Documents;

/// <summary>A finding and the recorded updates between which it held.</summary>
/// <param name="Finding">The finding as it was at the last of them.</param>
/// <param name="First">The first recorded update at which the records up to there had it.</param>
/// <param name="Last">The last one in a row.</param>
internal sealed record FindingSpan(Finding Finding, long First, long Last)
{
    // A finding asks for all rows up to its update, so that asking at every update of a long trial would take minutes.
    private const int MostUpdates = 40;

    /// <summary>Asks for findings at the recorded updates of supervised training, each time with the records up to there.</summary>
    public static IReadOnlyList<FindingSpan> Of(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var updates = ShownRows.Choose(trial.Layers.Select(row => row.Update).Concat(trial.Curve.Select(point => point.Update)).Where(update => update >= 0),
            MostUpdates);
        var (open, closed) = (new Dictionary<string, FindingSpan>(), new List<FindingSpan>());
        foreach (var update in updates)
        {
            var soFar = trial with
            {
                Curve = [.. trial.Curve.Where(point => point.Update <= update)],
                Layers = [.. trial.Layers.Where(row => row.Update <= update)],
            };
            var found = TrialFacts.VerdictOf(soFar).Findings.DistinctBy(finding => finding.Name).ToDictionary(finding => finding.Name);
            foreach (var gone in open.Keys.Where(name => !found.ContainsKey(name)).ToList())
            {
                closed.Add(open[gone]);
                open.Remove(gone);
            }
            foreach (var (name, finding) in found)
                open[name] = new(finding, open.TryGetValue(name, out var span) ? span.First : update, update);
        }
        return [.. closed.Concat(open.Values).OrderBy(span => span.First).ThenBy(span => span.Finding.Name, StringComparer.Ordinal)];
    }
}
