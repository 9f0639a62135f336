using Sonde.Numerics.Summaries;

namespace Sonde.Probes;

/// <summary>Makes rows of pooled values.</summary>
public static class PooledValues
{
    /// <summary>Computes a row of statistics; NaN in every column if there is no finite value.</summary>
    public static LayerStatistics Statistics(long update, int layer, string quantity, ReadOnlySpan<float> values) =>
        Statistics(update, layer, quantity, ValueSummary.Of(values));

    /// <summary>Returns a row of statistics from a summary.</summary>
    public static LayerStatistics Statistics(long update, int layer, string quantity, ValueSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(
            update, layer, quantity, summary.Count, summary.Mean, summary.Sd, summary.Min, summary.P2, summary.P25, summary.P50, summary.P75,
            summary.P98, summary.Max, null, null, summary.NonFinite);
    }

    /// <summary>Returns a histogram from a summary.</summary>
    public static LayerHistogram Histogram(long update, int layer, string quantity, ValueSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(update, layer, quantity, summary.Low, summary.High, summary.Counts);
    }

    /// <summary>Records a row of statistics and a histogram.</summary>
    internal static void Record(IProbeLog log, long update, int layer, string quantity, ValueSummary summary)
    {
        log.Record(Statistics(update, layer, quantity, summary));
        log.Record(Histogram(update, layer, quantity, summary));
    }
}
