using Sonde.Paper.Models;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Saturation;

/// <summary>The density of |activation| in the last histogram of each hidden layer, with both signs and all seeds added up.</summary>
internal static class LastDensities
{
    // Histograms have 100 bins of 0.02; five joined bins reduce the noise enough.
    private const int Joined = 5;

    /// <summary>Reads the layers, layer 1 first: the middle of each joined bin of |activation|, and the density over the activation there. The density over
    /// the activation is half of that over its size, because each size has two signs.</summary>
    public static IReadOnlyList<IReadOnlyList<(double Middle, double Density)>> Of(ModelTrials model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var last = model.Trials.SelectMany(trial => trial.Histograms.Where(row => row.Quantity == Quantity.Activation && row.Layer <= model.Depth
            && row.Update > 0)
            .GroupBy(row => row.Layer).Select(rows => rows.MaxBy(row => row.Update)!));
        return [.. last.GroupBy(row => row.Layer).OrderBy(rows => rows.Key).Select(rows => Joins([.. rows]))];
    }

    /// <summary>Returns the mode of |activation| of each layer, layer 1 first.</summary>
    public static IReadOnlyList<double> Modes(ModelTrials model) => [.. Of(model).Select(layer => layer.MaxBy(bin => bin.Density).Middle)];

    private static List<(double Middle, double Density)> Joins(List<LayerHistogram> rows)
    {
        var bins = rows.SelectMany(row => row.Counts.Select((count, k) => (Size: Math.Abs(row.Low + (k + 0.5) * (row.High - row.Low) / row.Counts.Length),
            Count: count))).ToList();
        var width = 1.0 / (bins.Count(bin => bin.Size < 1) / rows.Count / 2) * Joined;
        var all = bins.Sum(bin => bin.Count);
        return [.. bins.GroupBy(bin => (int)(bin.Size / width)).OrderBy(group => group.Key)
            .Select(group => ((group.Key + 0.5) * width, group.Sum(bin => bin.Count) / all / (2 * width)))];
    }
}
