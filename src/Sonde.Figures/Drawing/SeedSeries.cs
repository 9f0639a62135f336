namespace Sonde.Figures.Drawing;

/// <summary>One number of all seeds of a model over updates (or over another axis).</summary>
/// <param name="Xs">Ascending.</param>
/// <param name="Mean">Mean over the seeds that have a number there.</param>
/// <param name="Low">The smallest of them.</param>
/// <param name="High">The largest of them.</param>
internal sealed record SeedSeries(double[] Xs, double[] Mean, double[] Low, double[] High)
{
    /// <summary>True if seeds differ anywhere, so that there is a range to show.</summary>
    public bool HasRange => Low.Zip(High).Any(pair => pair.First < pair.Second);

    /// <summary>Groups the points of all seeds by x; points that are not finite are left out.</summary>
    public static SeedSeries FromPoints(IEnumerable<(double X, double Y)> points)
    {
        var byX = points.Where(point => double.IsFinite(point.Y)).GroupBy(point => point.X, point => point.Y).OrderBy(group => group.Key).ToList();
        return new([.. byX.Select(group => group.Key)], [.. byX.Select(group => group.Average())],
            [.. byX.Select(group => group.Min())], [.. byX.Select(group => group.Max())]);
    }

    /// <summary>The same series on a logarithmic axis (<see cref="LogAxis"/>).</summary>
    public SeedSeries Log => new(Xs, LogAxis.Log10(Mean), LogAxis.Log10(Low), LogAxis.Log10(High));
}
