using Sonde.Analysis.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Chooses the updates for a figure that cannot show every recorded update.</summary>
internal static class ShownUpdates
{
    /// <summary>The sentence for the caption if three updates are shown.</summary>
    public const string Between = " Middle: after pre-training, when supervised training begins.";

    /// <summary>Returns the first and the last recorded update, with update 0 between them after pre-training; the trial's beginning if nothing was
    /// recorded.</summary>
    public static IReadOnlyList<long> Choose(TrialFacts facts, IEnumerable<long> recorded)
    {
        var updates = recorded.DefaultIfEmpty(facts.Begin).Distinct().Order().ToList();
        return [.. updates.Where(update => update == updates[0] || update == updates[^1] || (update == 0 && updates[0] < 0))];
    }
}
