namespace Sonde.Analysis.Grids;

/// <summary>Test error over one numeric setting, all other settings being equal.</summary>
/// <param name="Label">The other settings that vary, such as <c>tanh, init he</c>; empty if none does.</param>
/// <param name="Points">In ascending order of the setting.</param>
public sealed record ErrorLine(string Label, IReadOnlyList<ErrorPoint> Points)
{
    /// <summary>The least test error on the line; NaN if no point has one.</summary>
    public double Least => Points.Select(point => point.Error).OfType<double>().DefaultIfEmpty(double.NaN).Min();
}

/// <summary>One point of an <see cref="ErrorLine"/>.</summary>
/// <param name="Value">The value of the numeric setting.</param>
/// <param name="Error">Mean test error over the finished seeds, in per cent; null if none is finished.</param>
/// <param name="Seeds">Finished seeds.</param>
/// <param name="Unfinished">Seeds without a result: diverged, failed, or not at their end.</param>
public sealed record ErrorPoint(double Value, double? Error, int Seeds, int Unfinished);

/// <summary>Test error over one numeric setting, with a line for each combination of the other settings that vary.</summary>
/// <param name="Factor">The numeric setting.</param>
/// <param name="Lines">The line with the least error first.</param>
public sealed record ErrorsOverFactor(Factor Factor, IReadOnlyList<ErrorLine> Lines);
