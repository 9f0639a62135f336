using Sonde.Probes;

namespace Sonde.Figures.Paper;

/// <summary>One number over updates (or another axis) of all seeds of an arm.</summary>
/// <param name="Xs">Ascending.</param>
/// <param name="Mean">Over the seeds that have a number there.</param>
/// <param name="Low">The smallest of them.</param>
/// <param name="High">The largest of them.</param>
internal sealed record SeedSeries(double[] Xs, double[] Mean, double[] Low, double[] High)
{
    /// <summary>True where there are several seeds, so that there is a range to show.</summary>
    public bool HasRange => Low.Zip(High).Any(pair => pair.First < pair.Second);

    /// <summary>Joins the points of all seeds; those that are not finite are left out.</summary>
    public static SeedSeries Of(IEnumerable<(double X, double Y)> points)
    {
        var byX = points.Where(point => double.IsFinite(point.Y)).GroupBy(point => point.X, point => point.Y).OrderBy(group => group.Key).ToList();
        return new([.. byX.Select(group => group.Key)], [.. byX.Select(group => group.Average())],
            [.. byX.Select(group => group.Min())], [.. byX.Select(group => group.Max())]);
    }

    /// <summary>One number of a hidden layer's statistics over updates.</summary>
    /// <param name="arm">Whose.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="value">Which number.</param>
    public static SeedSeries Of(Arm arm, int layer, string quantity, Func<LayerStatistics, double> value) =>
        Of(arm.Trials.SelectMany(trial => trial.Layers).Where(row => row.Layer == layer && row.Quantity == quantity)
            .Select(row => ((double)row.Update, value(row))));

    /// <summary>The same series on a logarithmic axis (<see cref="LogAxis"/>).</summary>
    public SeedSeries Log => new(Xs, LogAxis.Of(Mean), LogAxis.Of(Low), LogAxis.Of(High));
}
