namespace Sonde.Records.Trials;

/// <summary>How a trial ended.</summary>
/// <param name="TrainingSeconds">Seconds in the update loop and its data, over all attempts, without probes, evaluation and writing.</param>
/// <param name="ValidationError">Per cent, at the last update; NaN if it was not evaluated.</param>
/// <param name="ValidationCost">Mean cost, at the last update; NaN if it was not evaluated.</param>
/// <param name="TestError">Per cent, at the last update.</param>
/// <param name="TestCost">Mean cost, at the last update.</param>
public sealed record TrialResult(double TrainingSeconds, double ValidationError, double ValidationCost, double TestError, double TestCost)
{
    /// <summary>Root of the mean squared error on test examples, in the unit of the targets; null unless targets are numbers.</summary>
    public double? TestRmse { get; init; }

    /// <summary>Mean absolute error on test examples, in the unit of the targets; null unless targets are numbers.</summary>
    public double? TestMae { get; init; }
}
