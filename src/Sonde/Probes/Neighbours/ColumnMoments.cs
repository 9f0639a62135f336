namespace Sonde.Probes.Neighbours;

/// <summary>Mean and sd of each column of some rows.</summary>
internal sealed class ColumnMoments
{
    // Rounding leaves a constant column this much of its size.
    private const double Rounding = 1e-6;

    /// <summary>Computes them.</summary>
    /// <param name="columns">Values per row.</param>
    /// <param name="values">[rows, columns], row major; at least one row.</param>
    public ColumnMoments(int columns, ReadOnlySpan<float> values)
    {
        var (sums, squares, rows) = (new double[columns], new double[columns], values.Length / columns);
        for (var n = 0; n < rows; n++)
        {
            var row = values.Slice(n * columns, columns);
            for (var k = 0; k < columns; k++)
            {
                sums[k] += row[k];
                squares[k] += (double)row[k] * row[k];
            }
        }
        Means = [.. sums.Select(sum => sum / rows)];
        Sds = [.. squares.Select((square, k) => SdOf(square / rows, Means[k]))];
    }

    /// <summary>The mean of each column.</summary>
    public IReadOnlyList<double> Means { get; }

    /// <summary>The sd of each column; 0 if it is no more than rounding.</summary>
    public IReadOnlyList<double> Sds { get; }

    private static double SdOf(double square, double mean)
    {
        var sd = Math.Sqrt(Math.Max(0, square - mean * mean));
        return double.IsNaN(square) || sd > Rounding * Math.Sqrt(square) ? sd : 0;
    }
}
