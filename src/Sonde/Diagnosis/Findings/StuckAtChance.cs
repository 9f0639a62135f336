using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>The test error has not left that of the best constant guess; where that is not known, it has hardly fallen from where it began.</summary>
public static class StuckAtChance
{
    /// <summary>Percentage points within which an error counts as chance: more than five standard errors of 10,000 test examples.</summary>
    public const double ChanceMargin = 2;

    /// <summary>Where chance is not known: the smallest share of its first value by which an error must fall to count as having moved.</summary>
    public const double LeastFall = 0.1;

    /// <summary>The finding, or null; two points of the test curve are needed.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        if (trial.TestCurve is not [var first, .., var last] || !(last.Error >= Bar(trial.ChanceError, first.Error)))
            return null;
        var evidence = new Dictionary<string, double> { ["firstError"] = first.Error, ["lastError"] = last.Error, ["updates"] = last.Update };
        if (trial.ChanceError is not double chance)
            return new(
                nameof(StuckAtChance),
                $"It does not learn yet: the test error is {PerCent(last.Error)} after {Whole(last.Update)} updates and was {PerCent(first.Error)} "
                    + "at the start.",
                evidence);
        evidence["chanceError"] = chance;
        return new(
            nameof(StuckAtChance),
            $"It does not learn yet: the test error is {PerCent(last.Error)} after {Whole(last.Update)} updates, no better than the best constant "
                + "guess "
            + $"({PerCent(chance)}).",
            evidence);
    }

    /// <summary>An error below this counts as learning, one at or above it as chance.</summary>
    internal static double Bar(double? chanceError, double firstError) =>
        chanceError is double chance ? chance - ChanceMargin : (1 - LeastFall) * firstError;
}
