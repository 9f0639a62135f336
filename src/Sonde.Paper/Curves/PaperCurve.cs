namespace Sonde.Paper.Curves;

/// <summary>A series of a figure of the paper, read off the figure by eye.</summary>
/// <param name="Figure">The figure and its panel: <c>11</c>, <c>12-mnist</c>, <c>3-softsign</c>.</param>
/// <param name="Series">The series: <c>tanh-n</c>, <c>layer-1-sd</c>.</param>
/// <param name="Points">The points that were read, the earliest first; updates are mini-batches of ten.</param>
internal sealed record PaperCurve(string Figure, string Series, IReadOnlyList<(long Update, double Value)> Points)
{
    /// <summary>The last update of the curve.</summary>
    public long End => Points[^1].Update;

    /// <summary>Returns the points up to an update.</summary>
    /// <param name="update">The last update that is wanted.</param>
    /// <param name="cutsLine">True to end with the point at which the straight line between two points passes this update, so that a line reaches the end of
    /// its axis.</param>
    public IReadOnlyList<(long Update, double Value)> UpTo(long update, bool cutsLine)
    {
        List<(long Update, double Value)> points = [.. Points.TakeWhile(point => point.Update <= update)];
        if (cutsLine && points.Count > 0 && points.Count < Points.Count && points[^1].Update < update)
        {
            var (before, after) = (points[^1], Points[points.Count]);
            points.Add((update, before.Value + (after.Value - before.Value) * (update - before.Update) / (after.Update - before.Update)));
        }
        return points;
    }
}
