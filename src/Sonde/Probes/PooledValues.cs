using Sonde.Numerics.Summaries;

namespace Sonde.Probes;

/// <summary>From pooled values to rows.</summary>
public static class PooledValues
{
    /// <summary>A row of statistics; NaN in every column when there is no finite value.</summary>
    public static LayerStatistics Statistics(long update, int layer, string quantity, ReadOnlySpan<float> values) =>
        Statistics(update, layer, quantity, ValueSummary.Of(values));

    /// <summary>A row of statistics from a summary.</summary>
    public static LayerStatistics Statistics(long update, int layer, string quantity, ValueSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(
            update, layer, quantity, summary.Count, summary.Mean, summary.Sd, summary.Min, summary.P2, summary.P25, summary.P50, summary.P75,
            summary.P98, summary.Max, null, null, summary.NonFinite);
    }

    /// <summary>A histogram from a summary.</summary>
    public static LayerHistogram Histogram(long update, int layer, string quantity, ValueSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(update, layer, quantity, summary.Low, summary.High, summary.Counts);
    }

    /// <summary>A row of statistics and a histogram.</summary>
    internal static void Record(IProbeLog log, long update, int layer, string quantity, ValueSummary summary)
    {
        log.Record(Statistics(update, layer, quantity, summary));
        log.Record(Histogram(update, layer, quantity, summary));
    }
}
