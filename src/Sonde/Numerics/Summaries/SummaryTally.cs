using Sonde.Numerics.Lanes;

namespace Sonde.Numerics.Summaries;

/// <summary>Makes a <see cref="ValueSummary"/> of values that <see cref="TallyWorker"/>s add twice: once to count them, once to gather those near the
/// percentiles.</summary>
/// <remarks>The calls, in this order: <see cref="Open"/>; every worker <see cref="TallyWorker.Count"/>, Add and HandOver; <see cref="ChooseCells"/>; every
/// worker <see cref="TallyWorker.Gather"/>, Add of the same values and HandOver; <see cref="Close"/>. Or <see cref="Estimate"/> once all is counted.</remarks>
/// <param name="tally">Where workers add values.</param>
internal sealed class SummaryTally(ValueTally tally)
{
    private readonly long[] ranks = new long[2 * ValueSummary.Percentiles.Length];
    private ValueMoments moments;
    private int cellsPerBin;

    /// <summary>Where workers add values.</summary>
    public ValueTally Values => tally;

    /// <summary>Begins another summary.</summary>
    /// <param name="newMoments">Of the values to come, one of which is finite.</param>
    /// <param name="low">Where the histogram begins; null for <see cref="ValueSummary.HistogramSpan"/>.</param>
    /// <param name="high">Where the histogram ends; null as well.</param>
    public void Open(in ValueMoments newMoments, double? low, double? high)
    {
        moments = newMoments;
        // Many cells leave few values to gather, but take time to add up.
        cellsPerBin = moments.Count switch { < 1 << 12 => 4, < 1 << 21 => 16, _ => ValueCells.Most / ValueSummary.Bins };
        var half = Math.Abs(moments.Mean) + ValueSummary.HistogramSpan * moments.Sd;
        // If all values are 0 there is still a histogram, a spike in an interval of some width.
        half = half > 0 ? half : 1;
        tally.Open(ValueGrid.Over(low ?? -half, high ?? half, cellsPerBin * ValueSummary.Bins), moments.NonFinite > 0);
    }

    /// <summary>Chooses the cells to gather, once everything is counted.</summary>
    public void ChooseCells()
    {
        for (var k = 0; k < ValueSummary.Percentiles.Length; k++)
        {
            var rank = RankOf(k);
            (ranks[2 * k], ranks[2 * k + 1]) = ((long)Math.Floor(rank), (long)Math.Ceiling(rank));
        }
        // In a handful of values, those around one percentile are also around the next.
        Array.Sort(ranks);
        tally.ChooseCells(ranks);
    }

    /// <summary>Returns the summary, once everything is gathered.</summary>
    public ValueSummary Close<TLanes>(TallyWorker worker) where TLanes : struct, IVectorLanes<TLanes>
    {
        Span<float> found = stackalloc float[ranks.Length];
        tally.Select<TLanes>(ranks, found, worker, depth: 0);
        var percentiles = new double[ValueSummary.Percentiles.Length];
        for (var k = 0; k < percentiles.Length; k++)
        {
            var rank = RankOf(k);
            double low = found[Array.BinarySearch(ranks, (long)Math.Floor(rank))], high = found[Array.BinarySearch(ranks, (long)Math.Ceiling(rank))];
            percentiles[k] = low + (high - low) * (rank - Math.Floor(rank));
        }
        return With(percentiles);
    }

    /// <summary>Returns the summary once everything is counted, with percentiles interpolated within their cells.</summary>
    /// <remarks>A cell is as wide as (|mean| + 5 sd) / 800 or, beyond some million values, a fourth of that.</remarks>
    public ValueSummary Estimate()
    {
        var percentiles = new double[ValueSummary.Percentiles.Length];
        var (cell, below, width) = (0, 0L, (tally.Grid.High - tally.Grid.Low) / tally.Grid.Cells);
        for (var k = 0; k < percentiles.Length; k++)
        {
            var rank = RankOf(k);
            for (; below + tally.Counts[cell] <= rank; cell++)
                below += tally.Counts[cell];
            // The outermost cells also hold the values beyond them.
            var low = cell == 0 ? tally.Least : tally.Grid.Low + cell * width;
            var high = cell == tally.Grid.Cells - 1 ? tally.Most : tally.Grid.Low + (cell + 1) * width;
            percentiles[k] = Math.Clamp(low + (high - low) * (rank - below + 0.5) / tally.Counts[cell], tally.Least, tally.Most);
        }
        return With(percentiles);
    }

    private ValueSummary With(double[] percentiles)
    {
        var counts = new double[ValueSummary.Bins];
        for (var bin = 0; bin < counts.Length; bin++)
        {
            var count = 0L;
            foreach (var inCell in tally.Counts.Slice(bin * cellsPerBin, cellsPerBin))
                count += inCell;
            counts[bin] = count;
        }
        return new()
        {
            Count = moments.Count, NonFinite = moments.NonFinite, Mean = moments.Mean, Sd = moments.Sd,
            Min = tally.Least, P2 = percentiles[0], P25 = percentiles[1], P50 = percentiles[2], P75 = percentiles[3], P98 = percentiles[4], Max = tally.Most,
            Low = tally.Grid.Low, High = tally.Grid.High, Counts = counts,
        };
    }

    private double RankOf(int percentile) => ValueSummary.Percentiles[percentile] * (moments.Count - 1);
}
