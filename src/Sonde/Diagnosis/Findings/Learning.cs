using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>The test error fell clearly below that of always guessing the commonest class, or below where it began, at a cost that makes sense.</summary>
internal static class Learning
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO002", "learning", FaultLabel.Observation)
    {
        Find = Find, IsStatic = true,
    };

    /// <summary>An error of at most this share of chance is one of a network that does well.</summary>
    public const double WellShare = 0.25;

    // An error that was lower by more than this share at some earlier evaluation is worth a word.
    private const double WorthAWord = 0.75;

    // Percentage points. A healthy error of a few hundred test examples wavers by less from one evaluation to the next.
    private const double Jump = 10;

    /// <summary>Finds it in a trial, or returns null; two points of the test curve are needed.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.TestCurve is not [var first, .., var last] || !(last.Error < StuckAtChance.Bar(trial))
            || StuckAtChance.Find(trial) is not null || ExplodedCost.Find(trial) is not null)
            return null;
        var evidence = new Dictionary<string, double> { ["firstError"] = first.Error, ["lastError"] = last.Error, ["updates"] = last.Update };
        if (trial.ChanceError is double chance)
            evidence["chanceError"] = chance;
        var lowest = trial.TestCurve.MinBy(point => point.Error)!;
        var before = !(lowest.Error < WorthAWord * last.Error) || lowest == first ? ""
            : $"; it was {(trial.Measure.IsLessBetter ? "lowest" : "highest")} after "
            + $"{Whole(lowest.Update)}, {trial.Measure.Text(lowest.Error)}";
        var beside = trial.Chance is { } level ? $" ({level.Words})" : "";
        // A network that starts well, as a trained one does, is better than a guess even if it only loses.
        var what = trial.Measure.Text(first.Error) == trial.Measure.Text(last.Error) ? "It is better than a guess, and does not change"
            : last.Error < first.Error ? "It learns" : "It is better than a guess, and gets worse";
        return new(
            Rule.Name,
            $"{what}: the {trial.Measure.NameOf("test")} {trial.Measure.Change(first, last)} in {trial.Steps(last.Update - first.Update)}"
                + $"{before}{beside}.",
            evidence);
    }

    /// <summary>True if nothing needs a cause: the error is low, and did not jump up after the first quarter of the run.</summary>
    public static bool IsDoneWell(TrialHistory trial) => Find(trial) is not null && IsSteady(trial)
        && trial.TestCurve[^1].Error <= WellShare * (trial.ChanceError ?? trial.TestCurve[0].Error);

    private static bool IsSteady(TrialHistory trial)
    {
        var points = trial.TestCurve.Skip(trial.TestCurve.Count / 4).Select(point => point.Error).ToList();
        return points.Zip(points.Skip(1)).All(pair => pair.Second - pair.First <= Jump);
    }
}
