using System.Globalization;
using Sonde.Analysis.Trials;
using Sonde.Numerics.Significance;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper;

/// <summary>Numbers of an model, over its seeds, as claims ask for them.</summary>
internal static class Readings
{
    /// <summary>One number of a layer's statistics at the first look, the last look, or the last look not after an update.</summary>
    /// <param name="model">The model; it has trials.</param>
    /// <param name="quantity">A name of <see cref="Quantity"/>.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="value">Which number.</param>
    /// <param name="update">The update; by default the end.</param>
    /// <returns>NaN where nothing was recorded.</returns>
    public static double At(this ModelTrials model, string quantity, int layer, Func<LayerStatistics, double> value, long update = long.MaxValue) =>
        model.Of(quantity, layer, value, update) is { Count: > 0 } values ? values.Average() : double.NaN;

    /// <summary>The same, one for each seed that has it.</summary>
    public static IReadOnlyList<double> Of(this ModelTrials model, string quantity, int layer, Func<LayerStatistics, double> value, long update = long.MaxValue) =>
        [.. model.Trials.Select(trial => trial.Layers.LastOrDefault(row => row.Quantity == quantity && row.Layer == layer && row.Update <= update))
            .OfType<LayerStatistics>().Select(value)];

    /// <summary>The updates at which all seeds were looked at.</summary>
    public static IReadOnlyList<long> RecordedUpdates(this ModelTrials model) => model.Trials.Count == 0 ? []
        : [.. model.Trials.Select(trial => trial.Layers.Select(row => row.Update).Distinct()).Aggregate((all, one) => all.Intersect(one)).Order()];

    /// <summary>Hidden layers; 0 without trials.</summary>
    public static int Depth(this ModelTrials model) => model.Trials.Select(trial => TrialFacts.Of(trial.Manifest).Depth).FirstOrDefault();

    /// <summary>Updates that every seed has done.</summary>
    public static long Updates(this ModelTrials model) => model.Trials.Count == 0 ? 0 : model.Trials.Min(trial => trial.Manifest.Updates);

    /// <summary>The last error of each seed on a split, in per cent.</summary>
    public static IReadOnlyList<double> LastErrors(this ModelTrials model, string split = "test") =>
        [.. model.Trials.Select(trial => trial.Curve.LastOrDefault(point => point.Split == split)).Where(point => point is not null)
            .Select(point => point!.Error)];

    /// <summary>The last error of each seed on a split up to an update, in per cent.</summary>
    public static IReadOnlyList<double> ErrorsAt(this ModelTrials model, long update, string split = "test") =>
        [.. model.Trials.Select(trial => trial.Curve.LastOrDefault(point => point.Split == split && point.Update <= update)).Where(point => point is not null)
            .Select(point => point!.Error)];

    /// <summary>Mean and interval as a page shows them: <c>12.3 (11.9 to 12.7, 3 seeds)</c>; a dash without values.</summary>
    public static string Text(IReadOnlyList<double> values, string format = "0.0") => values.Count == 0 ? "–" : Text(MeanInterval.Of(values), format);

    /// <summary>The same of an interval.</summary>
    public static string Text(MeanInterval interval, string format = "0.0")
    {
        string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return interval.Low is { } low ? $"{Number(interval.Mean)} ({Number(low)} to {Number(interval.High!.Value)}, {interval.Count} seeds)"
            : Number(interval.Mean);
    }

    /// <summary>Numbers of layers as one text: <c>0.12, 0.31, 0.50</c>.</summary>
    public static string Row(IEnumerable<double> values, string format = "0.00") =>
        string.Join(", ", values.Select(value => value.ToString(format, CultureInfo.InvariantCulture)));
}
