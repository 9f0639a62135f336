using Sonde.Numerics.Lanes;

namespace Sonde.Numerics.Summaries;

/// <summary>Statistics of any number of values, as in a row of a probe and its histogram.</summary>
/// <remarks>
/// Moments are summed in double precision. Percentiles are exact: each is interpolated linearly between the two nearest values in order
/// (the definition numpy and DuckDB's quantile_cont use). Histogram counts are exact between the stated edges.
/// </remarks>
public sealed record ValueSummary
{
    /// <summary>Bins of every histogram.</summary>
    public const int Bins = 100;

    /// <summary>A histogram of an unbounded quantity extends to either side of 0 by the size of the mean plus this many standard deviations.</summary>
    public const double HistogramSpan = 5;

    /// <summary>The percentiles, as shares.</summary>
    internal static ReadOnlySpan<double> Percentiles => [0.02, 0.25, 0.5, 0.75, 0.98];

    /// <summary>The summary of no values: all its statistics are NaN.</summary>
    public static ValueSummary Empty { get; } = new();

    /// <summary>How many finite values percentiles and histogram come from: all of them, or a sample.</summary>
    public long Count { get; init; }

    /// <summary>How many values were NaN or infinite; they count in nothing else.</summary>
    public long NonFinite { get; init; }

    /// <summary>Mean.</summary>
    public double Mean { get; init; } = double.NaN;

    /// <summary>Population standard deviation.</summary>
    public double Sd { get; init; } = double.NaN;

    /// <summary>Smallest value.</summary>
    public double Min { get; init; } = double.NaN;

    /// <summary>2nd percentile.</summary>
    public double P2 { get; init; } = double.NaN;

    /// <summary>25th percentile.</summary>
    public double P25 { get; init; } = double.NaN;

    /// <summary>Median.</summary>
    public double P50 { get; init; } = double.NaN;

    /// <summary>75th percentile.</summary>
    public double P75 { get; init; } = double.NaN;

    /// <summary>98th percentile.</summary>
    public double P98 { get; init; } = double.NaN;

    /// <summary>Largest value.</summary>
    public double Max { get; init; } = double.NaN;

    /// <summary>Left edge of the histogram's first bin.</summary>
    public double Low { get; init; } = -1;

    /// <summary>Right edge of the histogram's last bin.</summary>
    public double High { get; init; } = 1;

    /// <summary>[<see cref="Bins"/>], values in each of the equal bins; values beyond them count in the outermost ones.</summary>
    public double[] Counts { get; init; } = new double[Bins];

    /// <summary>Computes the statistics of an array's values. NaN and infinities are counted in <see cref="NonFinite"/> and nowhere else; an empty array gives
    /// <see cref="Empty"/>.</summary>
    /// <param name="values">In any order.</param>
    /// <param name="low">Where the histogram begins; null for <see cref="HistogramSpan"/>.</param>
    /// <param name="high">Where the histogram ends; null as well.</param>
    /// <exception cref="ArgumentException">An edge is NaN or infinite, or the histogram would end where it begins or before.</exception>
    public static ValueSummary Of(ReadOnlySpan<float> values, double? low = null, double? high = null)
    {
        if (!double.IsFinite(low ?? 0) || !double.IsFinite(high ?? 0) || low >= high || low > 0 && high is null || high < 0 && low is null)
            throw new ArgumentException($"Expected finite edges, the lower one first, got {low} and {high}. Give both, or neither to have them chosen.");
        return Of(values, low, high, new());
    }

    /// <summary>Returns the statistics of the same values, each times a factor; NaN makes all of them NaN.</summary>
    public ValueSummary Times(double factor)
    {
        var scaled = this with
        {
            Mean = factor * Mean,
            Sd = Math.Abs(factor) * Sd,
            Min = factor * Min,
            P2 = factor * P2,
            P25 = factor * P25,
            P50 = factor * P50,
            P75 = factor * P75,
            P98 = factor * P98,
            Max = factor * Max,
            Low = factor * Low,
            High = factor * High,
        };
        return factor >= 0 ? scaled : scaled with
        {
            Min = scaled.Max,
            P2 = scaled.P98,
            P25 = scaled.P75,
            P75 = scaled.P25,
            P98 = scaled.P2,
            Max = scaled.Min,
            Low = scaled.High,
            High = scaled.Low,
            Counts = [.. Counts.Reverse()],
        };
    }

    /// <summary>Computes the same with a thread's own tables, on the widest vectors of this machine.</summary>
    internal static unsafe ValueSummary Of(ReadOnlySpan<float> values, double? low, double? high, TallyWorker worker)
    {
        var moments = ValueMoments.Of(values);
        fixed (float* data = values)
            return Lanes16.IsAccelerated ? Of<Lanes16>(data, values.Length, low, high, worker, moments)
                : Lanes8.IsAccelerated ? Of<Lanes8>(data, values.Length, low, high, worker, moments)
                : Of<Lanes4>(data, values.Length, low, high, worker, moments);
    }

    /// <summary>Computes the same on vectors of a given width.</summary>
    /// <param name="values">[count].</param>
    /// <param name="count">How many.</param>
    /// <param name="low">Where the histogram begins; null for <see cref="HistogramSpan"/>.</param>
    /// <param name="high">Where the histogram ends; null as well.</param>
    /// <param name="worker">The tables of this thread.</param>
    /// <param name="moments">The moments to state, with the same count.</param>
    /// <param name="areCellsEnough">True to estimate percentiles from cells (<see cref="SummaryTally.Estimate"/>), false to find the values themselves.</param>
    internal static unsafe ValueSummary Of<TLanes>(
        float* values, int count, double? low, double? high, TallyWorker worker, in ValueMoments moments, bool areCellsEnough = false)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        if (moments.Count == 0)
            return Empty with { NonFinite = moments.NonFinite };
        var tally = worker.Summary;
        tally.Open(moments, low, high);
        worker.Count(tally.Values);
        worker.Add<TLanes>(values, count);
        worker.HandOver();
        if (areCellsEnough)
            return tally.Estimate();
        tally.ChooseCells();
        worker.Gather(tally.Values);
        worker.Add<TLanes>(values, count);
        worker.HandOver();
        return tally.Close<TLanes>(worker);
    }
}
