using System.Globalization;
using Sonde.Analysis.Contents;

namespace Sonde.Analysis.Grids;

/// <summary>Says how far a halving search has come, from the records of its trials.</summary>
internal static class SearchText
{
    /// <summary>Returns a sentence or two; null for a study without a search.</summary>
    public static string? Of(IReadOnlyList<FoundTrial> trials)
    {
        var rungs = trials.SelectMany(trial => trial.Manifest?.Rungs ?? []).Select(rung => rung.Update).Distinct().Order().ToList();
        if (rungs.Count == 0)
            return null;
        var (done, planned) = (trials.Sum(trial => Math.Max(0, trial.Updates)), trials.Sum(trial => trial.Planned ?? 0));
        var share = planned == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" of {planned:#,0} ({100.0 * done / planned:0} %)");
        var steps = rungs.Select((update, k) => string.Create(CultureInfo.InvariantCulture,
            $"{trials.Count(trial => trial.Manifest?.Rungs?.Any(rung => rung.Update == update && rung.Place is not null) is true)} of the "
                + $"{trials.Count(trial => trial.Manifest?.Rungs?.Any(rung => rung.Update == update) is true)} that reached rung {k + 1} (update {update:#,0})"));
        return string.Create(CultureInfo.InvariantCulture, $"The search has trained {done:#,0} updates{share}; {(trials.All(trial => trial.HasEnded) ? "" : "so far ")}these continued: {string.Join(", ", steps)}.");
    }
}
