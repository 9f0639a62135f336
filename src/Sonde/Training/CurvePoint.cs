using Sonde.Numerics.Checks;

namespace Sonde.Training;

/// <summary>One point of an error curve.</summary>
/// <param name="Update">Updates done.</param>
/// <param name="Split"><c>train</c>, <c>validation</c> or <c>test</c>. A train point
/// averages the mini-batches since the point before, each before its update; the others measure fixed examples with the parameters of this update.</param>
/// <param name="Cost">Mean cost of an example.</param>
/// <param name="Error">Per cent of examples misclassified; of outputs on the wrong side if the answers are yes or no; of the targets' variance left
/// unexplained, 100 (1 - R^2), if they are numbers.</param>
public sealed record CurvePoint(long Update, string Split, double Cost, double Error)
{
    /// <summary><c>train</c>, <c>validation</c> or <c>test</c>.</summary>
    public string Split { get; init => field = Given.NotNull(value, nameof(Split)); } = Given.NotNull(Split, nameof(Split));

    /// <summary>Root of the mean squared error over outputs and examples, in the unit of the targets; null unless targets are numbers.</summary>
    public double? Rmse { get; init; }

    /// <summary>Mean absolute error over outputs and examples, in the unit of the targets; null unless targets are numbers.</summary>
    public double? Mae { get; init; }
}
