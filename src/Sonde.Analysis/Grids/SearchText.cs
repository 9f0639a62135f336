using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Records.Trials;

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
        int Count(Func<TrialRung, bool> condition) => trials.Count(trial => trial.Manifest?.Rungs?.Any(condition) is true);
        var steps = rungs.Select((update, k) => string.Create(CultureInfo.InvariantCulture,
            $"{Count(rung => rung.Update == update && rung.Place is not null)} of the {Count(rung => rung.Update == update)} that reached rung {k + 1} "
                + $"(update {update:#,0})"));
        var soFar = trials.All(trial => trial.HasEnded) ? "" : "so far ";
        return string.Create(CultureInfo.InvariantCulture,
            $"The search has trained {done:#,0} updates{share}; {soFar}these continued: {string.Join(", ", steps)}.");
    }
}
