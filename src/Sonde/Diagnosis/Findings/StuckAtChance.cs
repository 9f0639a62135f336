using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>The test error has not left that of always guessing the commonest class. If that is not known, it has hardly fallen from where it began, or
/// the network cannot tell examples apart.</summary>
public static class StuckAtChance
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO003", "prior-only", FaultLabel.PriorOnly)
    {
        Find = Find, IsStatic = true,
        Mechanism = "The output biases learn the shares of the classes within a few hundred updates; nothing that depends on the inputs has "
            + "been learnt.",
        Source = "[Glorot2010]",
    };

    /// <summary>Percentage points within which an error counts as chance: more than five standard errors of 10,000 test examples.</summary>
    public const double ChanceMargin = ChanceLevel.ExactMargin;

    /// <summary>If chance is not known: the smallest share of its first value by which an error must fall to count as having moved.</summary>
    public const double LeastFall = 0.1;

    /// <summary>Finds it in a trial, or returns null; two points of the test curve are needed.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.TestCurve is not [var first, .., var last] || Unlearning.Find(trial) is not null)
            return null;
        var isBlind = trial.Chance is null && IsBlocked(trial);
        if (!(last.Error >= Bar(trial)) && !isBlind)
            return null;
        var evidence = new Dictionary<string, double> { ["firstError"] = first.Error, ["lastError"] = last.Error, ["updates"] = last.Update };
        if (trial.ChanceError is double chance)
            evidence["chanceError"] = chance;
        var when = first.Update == 0 ? "at the start" : $"after {Whole(first.Update)}";
        var beside = trial.Chance is { } level ? $"; {level.Words}"
            : isBlind ? ", the same answer for every example" : $"; it was {trial.Measure.Text(first.Error)} {when}";
        return new(Rule.Name,
            $"It has not learned{(trial.Fit.IsOver ? "" : " yet")}: {trial.Measure.Phrase(last)} after {trial.Steps(last.Update)}{beside}."
                + Wavering(trial), evidence);
    }

    /// <summary>True if a hidden layer is 0 throughout, so that every example gets the same answer.</summary>
    internal static bool IsBlocked(TrialHistory trial) => trial.Last(Quantity.Activation).Any(row => row is { Min: 0, Max: 0, Sd: 0 });

    // An error that was clearly lower in between, at a cost that still falls, is a network that has only begun.
    private static string Wavering(TrialHistory trial)
    {
        var (lowest, last) = (trial.TestCurve.MinBy(point => point.Error)!, trial.TestCurve[^1]);
        return trial.Chance is { } chance && lowest.Error < chance.Error - 2 * chance.Margin && last.Cost < lowest.Cost
            ? $" The {trial.Measure.Name} wavers (it was {trial.Measure.Text(lowest.Error)} after {Whole(lowest.Update)}) while the cost still falls: "
                + "it has only begun to learn." : "";
    }

    /// <summary>Returns the error below which a trial counts as learning.</summary>
    internal static double Bar(TrialHistory trial) =>
        trial.Chance is { } chance ? chance.Error - chance.Margin : (1 - LeastFall) * trial.TestCurve[0].Error;
}
