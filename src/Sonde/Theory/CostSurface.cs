namespace Sonde.Theory;

/// <summary>A cost over a square grid of two weights.</summary>
/// <param name="CostName">Name of the cost: <c>nll</c> or <c>quadratic</c>.</param>
/// <param name="Weights">[points], the values of both weights, ascending.</param>
/// <param name="Points">[points, points], row major: the first layer's weight changes with the row, the second layer's with the column.</param>
public sealed record CostSurface(string CostName, IReadOnlyList<double> Weights, IReadOnlyList<CostAtTwoWeights> Points)
{
    /// <summary>A point is on a plateau if the slope is below this share of the surface's steepest.</summary>
    public const double PlateauSlope = 0.1;

    /// <summary>The cost at a grid point.</summary>
    /// <param name="first">Place of the first layer's weight in <see cref="Weights"/>.</param>
    /// <param name="second">Place of the second layer's weight.</param>
    public double this[int first, int second] => Points[first * Weights.Count + second].Cost;

    /// <summary>Share (0 to 1) of the grid where the gradient over the two weights is shorter than <see cref="PlateauSlope"/> of the longest on the grid;
    /// 1 if the surface is level throughout.</summary>
    public double PlateauShare
    {
        get
        {
            var steepest = Points.Max(point => point.Slope);
            return Points.Count(point => point.Slope <= PlateauSlope * steepest) / (double)Points.Count;
        }
    }
}
