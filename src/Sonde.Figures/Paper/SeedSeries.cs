using Sonde.Probes;

namespace Sonde.Figures.Paper;

/// <summary>One number over updates, of all seeds of an arm.</summary>
/// <param name="Updates">Ascending.</param>
/// <param name="Mean">Over the seeds that have a number there.</param>
/// <param name="Low">The smallest of them.</param>
/// <param name="High">The largest of them.</param>
internal sealed record SeedSeries(double[] Updates, double[] Mean, double[] Low, double[] High)
{
    /// <summary>True where there are several seeds, so that there is a range to show.</summary>
    public bool HasRange => Low.Zip(High).Any(pair => pair.First < pair.Second);

    /// <summary>Joins the points of all seeds; those that are not finite are left out.</summary>
    public static SeedSeries Of(IEnumerable<(long Update, double Value)> points)
    {
        var byUpdate = points.Where(point => double.IsFinite(point.Value)).GroupBy(point => point.Update, point => point.Value).OrderBy(group => group.Key).ToList();
        return new([.. byUpdate.Select(group => (double)group.Key)], [.. byUpdate.Select(group => group.Average())],
            [.. byUpdate.Select(group => group.Min())], [.. byUpdate.Select(group => group.Max())]);
    }

    /// <summary>One number of a hidden layer's statistics.</summary>
    /// <param name="arm">Whose.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="value">Which number.</param>
    public static SeedSeries Of(Arm arm, int layer, string quantity, Func<LayerStatistics, double> value) =>
        Of(arm.Trials.SelectMany(trial => trial.Layers).Where(row => row.Layer == layer && row.Quantity == quantity).Select(row => (row.Update, value(row))));
}
