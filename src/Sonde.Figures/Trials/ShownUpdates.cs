using Sonde.Analysis.Trials;

namespace Sonde.Figures.Trials;

/// <summary>At which of the recorded updates a figure shows a trial that it cannot show at all of them.</summary>
internal static class ShownUpdates
{
    /// <summary>What a figure adds to its explanation when a recorded update lies between the first and the last.</summary>
    public const string Between = " Between them: after pre-training, where supervised training begins.";

    /// <summary>The first and the last, and between them update 0 where pre-training came before; the trial's beginning where nothing was recorded.</summary>
    public static IReadOnlyList<long> Choose(TrialFacts facts, IEnumerable<long> recorded)
    {
        var updates = recorded.DefaultIfEmpty(facts.Begin).Distinct().Order().ToList();
        return [.. updates.Where(update => update == updates[0] || update == updates[^1] || (update == 0 && updates[0] < 0))];
    }
}
