using Sonde.Numerics;

namespace Sonde.Probes;

/// <summary>From pooled values to rows: exact for what is per unit, within a summary's stated error for what is as large as the weights.</summary>
public static class PooledValues
{
    /// <summary>Bins of every histogram.</summary>
    public const int Bins = 100;

    /// <summary>A histogram of an unbounded quantity spans this many standard deviations to either side of 0; what lies beyond counts in its outermost bins.</summary>
    public const double HistogramSpan = 5;

    private static readonly double[] Shares = [0.02, 0.25, 0.5, 0.75, 0.98];

    /// <summary>Statistics of all finite values; NaN in every column when there is none.</summary>
    public static LayerStatistics Statistics(long update, int layer, string quantity, ReadOnlySpan<float> values)
    {
        var finite = Finite(values);
        var (mean, sd) = Moments(finite);
        Span<double> p = stackalloc double[Shares.Length];
        p.Fill(double.NaN);
        var (min, max) = (double.NaN, double.NaN);
        if (!finite.IsEmpty)
        {
            Quantiles.Exact(finite, Shares, p);
            (min, max) = (double.PositiveInfinity, double.NegativeInfinity);
            foreach (var value in finite)
                (min, max) = (Math.Min(min, value), Math.Max(max, value));
        }
        return new(update, layer, quantity, finite.Length, mean, sd, min, p[0], p[1], p[2], p[3], p[4], max, null, null, values.Length - finite.Length);
    }

    /// <summary>Statistics of a summary: moments and extremes exact, percentiles within <see cref="ValueSummary.QuantileError"/> of their size.</summary>
    public static LayerStatistics Statistics(long update, int layer, string quantity, ValueSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        return new(
            update, layer, quantity, summary.Count, summary.Mean, summary.StandardDeviation, summary.Min, summary.Quantile(Shares[0]), summary.Quantile(Shares[1]),
            summary.Quantile(Shares[2]), summary.Quantile(Shares[3]), summary.Quantile(Shares[4]), summary.Max, null, null, summary.NonFinite);
    }

    /// <summary>A histogram over [low, high]; finite values beyond count in the outermost bins.</summary>
    public static LayerHistogram Histogram(long update, int layer, string quantity, ReadOnlySpan<float> values, double low, double high)
    {
        var counts = new double[Bins];
        var scale = Bins / (high - low);
        foreach (var value in values)
            if (float.IsFinite(value))
                counts[(int)Math.Clamp((value - low) * scale, 0, Bins - 1)]++;
        return new(update, layer, quantity, low, high, counts);
    }

    /// <summary>A histogram of an unbounded quantity, symmetric around 0; see <see cref="HistogramSpan"/>.</summary>
    public static LayerHistogram Histogram(long update, int layer, string quantity, ReadOnlySpan<float> values)
    {
        var half = HalfWidth(Moments(Finite(values)));
        return Histogram(update, layer, quantity, values, -half, half);
    }

    /// <summary>A histogram of a summary, symmetric around 0; see <see cref="HistogramSpan"/>.</summary>
    public static LayerHistogram Histogram(long update, int layer, string quantity, ValueSummary summary)
    {
        ArgumentNullException.ThrowIfNull(summary);
        var half = HalfWidth((summary.Mean, summary.StandardDeviation));
        var counts = new double[Bins];
        summary.FillHistogram(-half, half, counts);
        return new(update, layer, quantity, -half, half, counts);
    }

    // A layer whose values are all 0 still has a histogram: one spike in an interval that has to have some width.
    private static double HalfWidth((double Mean, double Sd) moments)
    {
        var half = Math.Abs(moments.Mean) + HistogramSpan * moments.Sd;
        return half > 0 ? half : 1;
    }

    private static (double Mean, double Sd) Moments(ReadOnlySpan<float> finite)
    {
        double sum = 0, squares = 0;
        foreach (var value in finite)
            sum += value;
        var mean = sum / finite.Length;
        foreach (var value in finite)
            squares += (value - mean) * (value - mean);
        return (mean, Math.Sqrt(squares / finite.Length));
    }

    private static ReadOnlySpan<float> Finite(ReadOnlySpan<float> values)
    {
        foreach (var value in values)
            if (!float.IsFinite(value))
                return values.ToArray().Where(float.IsFinite).ToArray();
        return values;
    }
}
