using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;

namespace Sonde.Training;

/// <summary>Sums over evaluated examples, and the errors that follow from them.</summary>
/// <param name="Examples">How many examples.</param>
/// <param name="Misclassified">How many were misclassified.</param>
/// <param name="Deviation">Sum of <see cref="BatchResult.Deviation"/>.</param>
/// <param name="Absolute">Sum of <see cref="BatchResult.AbsoluteDeviation"/>.</param>
internal readonly record struct ErrorSums(long Examples, long Misclassified, double Deviation, double Absolute)
{
    /// <summary>Sum of the examples' costs.</summary>
    public double Cost { get; init; }

    /// <summary>The sums with one more result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="examples">Of how many examples it is.</param>
    public ErrorSums With(BatchResult result, int examples) =>
        new(Examples + examples, Misclassified + result.Misclassified, Deviation + result.Deviation, Absolute + result.AbsoluteDeviation)
        {
            Cost = Cost + result.Cost * examples,
        };

    /// <summary>Returns a point of a curve.</summary>
    /// <param name="update">Updates done.</param>
    /// <param name="name">The examples' name in the curve.</param>
    /// <param name="cost">Mean cost of an example.</param>
    /// <param name="network">The network.</param>
    /// <param name="data">Where the examples are from.</param>
    /// <param name="split">Which part of it they are.</param>
    public CurvePoint ToPoint(long update, string name, double cost, Network network, Dataset data, Split split)
    {
        if (data.Targets is not { } targets)
            return new(update, name, cost, 100.0 * Misclassified / Examples);
        // A single target may be compared with each of several outputs, and then deviates as many times.
        var unit = data.DeviationUnit(split);
        // Targets that are all equal, or a single one, have no variance of which outputs could explain a share.
        var error = unit == 0 ? double.NaN : 100 * Deviation / (Examples * unit * network.Classes / targets.Outputs);
        var values = (double)Examples * network.Classes;
        return targets.Kind != TargetKind.Values ? new(update, name, cost, error)
            : new(update, name, cost, error) { Rmse = Math.Sqrt(Deviation / values), Mae = Absolute / values };
    }
}
