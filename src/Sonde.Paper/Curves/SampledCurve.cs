using Sonde.Paper.Models;
using Sonde.Probes;

namespace Sonde.Paper.Curves;

/// <summary>A recorded number of one seed over updates, read between its records by straight lines.</summary>
/// <param name="Updates">Ascending.</param>
/// <param name="Values">One for each update.</param>
internal sealed record SampledCurve(IReadOnlyList<long> Updates, IReadOnlyList<double> Values)
{
    /// <summary>Reads the errors of each seed on a split, in per cent.</summary>
    public static IReadOnlyList<SampledCurve> OfErrors(ModelTrials model, string split = "test")
    {
        ArgumentNullException.ThrowIfNull(model);
        return From(model.Trials.Select(trial => trial.Curve.Where(point => point.Split == split).Select(point => (point.Update, point.Error))));
    }

    /// <summary>Reads one number of a layer of each seed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="value">Which number.</param>
    public static IReadOnlyList<SampledCurve> OfLayer(ModelTrials model, string quantity, int layer, Func<LayerStatistics, double> value)
    {
        ArgumentNullException.ThrowIfNull(model);
        return From(model.Trials.Select(trial => trial.Layers.Where(row => row.Quantity == quantity && row.Layer == layer)
            .Select(row => (row.Update, value(row)))));
    }

    /// <summary>Returns the value of each seed that was recorded up to this update or later; empty if none was.</summary>
    public static IReadOnlyList<double> At(IReadOnlyList<SampledCurve> seeds, long update)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        return [.. seeds.Select(seed => seed.FindAt(update)).OfType<double>()];
    }

    /// <summary>Returns the first update at which the curve has come down to a level, by a straight line between the records around it; null if it has not.
    /// From the untrained network there is no line: then it is the first record of training, which comes after the event.</summary>
    public static long? FirstBelow(IReadOnlyList<(long Update, double Value)> points, double level)
    {
        ArgumentNullException.ThrowIfNull(points);
        for (var k = 0; k < points.Count; k++)
            if (points[k].Value <= level)
            {
                if (k == 0 || points[k - 1].Update == 0)
                    return points[k].Update;
                var (before, after) = (points[k - 1], points[k]);
                return (long)Math.Round(before.Update + (before.Value - level) / (before.Value - after.Value) * (after.Update - before.Update));
            }
        return null;
    }

    /// <summary>The points of the curve.</summary>
    public IReadOnlyList<(long Update, double Value)> Points => [.. Updates.Zip(Values)];

    /// <summary>Returns the value at an update, by a straight line between the records around it; null before the first record of training and after the
    /// last.</summary>
    public double? FindAt(long update)
    {
        for (var k = 0; k < Updates.Count; k++)
        {
            if (Updates[k] == update)
                return Values[k];
            if (Updates[k] > update)
                // A network changes most in its first updates, so a line from the untrained one says nothing.
                return k == 0 || Updates[k - 1] == 0 ? null
                    : Values[k - 1] + (Values[k] - Values[k - 1]) * (update - Updates[k - 1]) / (Updates[k] - Updates[k - 1]);
        }
        return null;
    }

    private static IReadOnlyList<SampledCurve> From(IEnumerable<IEnumerable<(long Update, double Value)>> seeds) =>
        [.. seeds.Select(seed => seed.Where(point => double.IsFinite(point.Value)).OrderBy(point => point.Update).ToList()).Where(points => points.Count > 0)
            .Select(points => new SampledCurve([.. points.Select(point => point.Update)], [.. points.Select(point => point.Value)]))];
}
