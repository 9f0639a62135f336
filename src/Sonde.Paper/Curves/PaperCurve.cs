namespace Sonde.Paper.Curves;

/// <summary>A series of a figure of the paper, read off the figure by eye.</summary>
/// <param name="Figure">The figure and its panel: <c>11</c>, <c>12-mnist</c>, <c>3-softsign</c>.</param>
/// <param name="Series">The series: <c>tanh-n</c>, <c>layer-1-sd</c>.</param>
/// <param name="Points">The points that were read, the earliest first; updates are mini-batches of ten.</param>
internal sealed record PaperCurve(string Figure, string Series, IReadOnlyList<(long Update, double Value)> Points)
{
    /// <summary>The updates, for drawing.</summary>
    public double[] Xs => [.. Points.Select(point => (double)point.Update)];

    /// <summary>The values, for drawing.</summary>
    public double[] Ys => [.. Points.Select(point => point.Value)];

    /// <summary>The last update of the curve.</summary>
    public long End => Points[^1].Update;
}
