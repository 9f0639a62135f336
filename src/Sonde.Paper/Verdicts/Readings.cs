using System.Globalization;
using Sonde.Numerics.Significance;

namespace Sonde.Paper.Verdicts;

/// <summary>Formats numbers for sentences and readings.</summary>
internal static class Readings
{
    /// <summary>Formats mean and interval: <c>12.3 (11.9 to 12.7, 3 seeds)</c>; a dash without values.</summary>
    public static string Text(IReadOnlyList<double> values, string format = "0.0") => values.Count == 0 ? "–" : Text(MeanInterval.Of(values), format);

    /// <summary>Formats an interval in the same way.</summary>
    public static string Text(MeanInterval interval, string format = "0.0")
    {
        string Number(double value) => value.ToString(format, CultureInfo.InvariantCulture);
        return interval.Low is { } low ? $"{Number(interval.Mean)} ({Number(low)} to {Number(interval.High!.Value)}, {interval.Count} seeds)"
            : Number(interval.Mean);
    }

    /// <summary>Formats the numbers of layers: <c>0.12, 0.31, 0.50</c>.</summary>
    public static string Row(IEnumerable<double> values, string format = "0.00") =>
        string.Join(", ", values.Select(value => value.ToString(format, CultureInfo.InvariantCulture)));
}
