using Sonde.Analysis.Contents;
using Sonde.Cli.Shell;
using Sonde.Records.Trials;

namespace Sonde.Cli.Trials;

/// <summary>The trials that have a row in a table. In a large study, those are the trials that need somebody, and the best ones: nobody reads ten thousand
/// rows.</summary>
/// <param name="Trials">The trials.</param>
/// <param name="LeftOut">Says which trials have no row; null if none is left out.</param>
internal sealed record ShownTrials(IReadOnlyList<LoadedTrial> Trials, string? LeftOut)
{
    /// <summary>A study with at most this many trials has a row for each.</summary>
    public const int MostWhole = 200;

    private const int MostUrgent = 30, MostBest = 10;

    /// <summary>Chooses trials: in training first, then those that stopped or went wrong, then the best.</summary>
    /// <param name="trials">All trials, in the study's order.</param>
    /// <param name="commandOfAll">The command that shows all.</param>
    public static ShownTrials Of(IReadOnlyList<LoadedTrial> trials, string commandOfAll)
    {
        if (trials.Count <= MostWhole)
            return new(trials, null);
        var urgent = trials.Where(trial => RankOf(trial) is not null).OrderBy(RankOf).ToList();
        var best = trials.Where(trial => trial.Found is { Status: TrialStatus.Done, IsCutShort: false } && double.IsFinite(ErrorOf(trial)))
            .OrderBy(ErrorOf).Take(MostBest).ToList();
        var first = urgent.Take(MostUrgent).ToList();
        if (first.Count + best.Count == 0)
            return new([.. trials.Take(MostBest)],
                $"The table shows the first {MostBest} of {QuantityText.Whole(trials.Count)} trials. '{commandOfAll}' shows all.");
        string[] kinds =
        [
            .. urgent.Count == 0 ? [] : (string[])[first.Count == urgent.Count ? $"the {QuantityText.Whole(first.Count)} that train, stopped or went wrong"
                : $"{first.Count} of the {QuantityText.Whole(urgent.Count)} that train, stopped or went wrong"],
            .. best.Count == 0 ? [] : (string[])[$"the {best.Count} best by validation"],
        ];
        return new([.. first, .. best], $"The table shows {QuantityText.Whole(first.Count + best.Count)} of {QuantityText.Whole(trials.Count)} trials"
            + $": {string.Join(", and ", kinds)}. '{commandOfAll}' shows all.");
    }

    private static double ErrorOf(LoadedTrial trial) => trial.Found.Manifest?.Result?.ValidationError ?? double.NaN;

    // Null for trials that nobody needs to know of: waiting, done, or ended by a search.
    private static int? RankOf(LoadedTrial trial) => trial.Found.Status switch
    {
        TrialStatus.Running => 0,
        TrialStatus.Failed or FoundStatus.Damaged => 1,
        TrialStatus.Interrupted or FoundStatus.Stopped => 2,
        TrialStatus.Diverged => 3,
        _ => null,
    };
}
