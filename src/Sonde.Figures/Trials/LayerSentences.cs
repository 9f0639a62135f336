using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Probes;

namespace Sonde.Figures.Trials;

/// <summary>Writes the sentence of a caption that gives a trial's own numbers, so that a caption never claims what the trial does not show.</summary>
internal static class LayerSentences
{
    /// <summary>Says which layers have the smallest and the largest value at the first and the last update from
    /// <paramref name="layers"/>: <c> Sd at initialization: 0.0017 (layer 1) to 0.017 (layer 5), a factor of 9.8; at update 4,000: ...</c></summary>
    /// <param name="what">The number, at the start of a sentence: <c>Sd</c>.</param>
    /// <param name="facts">The trial.</param>
    /// <param name="layers">The hidden layers.</param>
    /// <param name="value">Reads the number; NaN if a row has none.</param>
    /// <param name="format">Formats one number; two digits if null.</param>
    /// <param name="hasFactor">True to give the largest over the smallest.</param>
    /// <returns>Empty if there are no numbers.</returns>
    public static string FirstAndLast(
        string what, TrialFacts facts, IReadOnlyList<LayerSeries> layers, Func<LayerStatistics, double> value, Func<double, string>? format = null,
        bool hasFactor = false)
    {
        var rows = layers.SelectMany(layer => layer.Rows).Where(row => double.IsFinite(value(row))).ToLookup(row => row.Update);
        if (rows.Count == 0)
            return "";
        var (first, last) = (rows.Min(group => group.Key), rows.Max(group => group.Key));
        var ends = first == last ? new[] { last } : [first, last];
        return $" {what} " + string.Join("; ", ends.Select(update =>
            $"{facts.When(update)}: {Range([.. rows[update].OrderBy(row => row.Layer).Select(row => (row.Layer, value(row)))], format, hasFactor)}")) + ".";
    }

    /// <summary>Says which layers have the smallest and the largest value: <c>0.0017 (layer 1) to 0.017 (layer 5), a factor of 9.8</c>.</summary>
    /// <param name="values">At least one finite value, with its layer.</param>
    /// <param name="format">Formats one number; two digits if null.</param>
    /// <param name="hasFactor">True to give the largest over the smallest.</param>
    public static string Range(IReadOnlyList<(int Layer, double Value)> values, Func<double, string>? format = null, bool hasFactor = false)
    {
        format ??= FigureNumber.TwoDigits;
        var (smallest, largest) = (values.MinBy(layer => layer.Value), values.MaxBy(layer => layer.Value));
        if (values.Count == 1)
            return $"{format(largest.Value)} (layer {largest.Layer})";
        // Only what reads the same is called the same: 81.4 % and 83.6 % are within a factor of 1.05, and differ.
        if (format(smallest.Value) == format(largest.Value))
            return $"{format(largest.Value)} in all layers";
        var factor = hasFactor && smallest.Value > 0 ? $", a factor of {FigureNumber.TwoDigits(largest.Value / smallest.Value)}" : "";
        return $"{format(smallest.Value)} (layer {smallest.Layer}) to {format(largest.Value)} (layer {largest.Layer}){factor}";
    }

    /// <summary>Names the layers whose value drops to 0, which a logarithmic axis cannot show; empty if none does.</summary>
    public static string Zeros(IReadOnlyList<LayerSeries> layers, Func<LayerStatistics, double> value)
    {
        var zeros = layers.Select(layer => (layer.Label, Update: FirstZero(layer, value))).Where(layer => layer.Update is not null)
            .Select(layer => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{layer.Label} at update {layer.Update:#,0}")).ToList();
        return zeros.Count == 0 ? "" : $" A logarithmic axis cannot show 0; first recorded as 0: {string.Join(", ", zeros)}.";
    }

    /// <summary>Returns the label of a layer in the legend, with a mark if its value drops to 0.</summary>
    public static string LabelWithZeros(LayerSeries layer, Func<LayerStatistics, double> value) => FirstZero(layer, value) switch
    {
        null => layer.Label,
        _ when layer.Rows.All(row => value(row) == 0) => $"{layer.Label} · all 0",
        _ => $"{layer.Label} · drops to 0",
    };

    private static long? FirstZero(LayerSeries layer, Func<LayerStatistics, double> value) =>
        layer.Rows.Where(row => value(row) == 0).Select(row => (long?)row.Update).FirstOrDefault();
}
