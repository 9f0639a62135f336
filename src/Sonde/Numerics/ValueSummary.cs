namespace Sonde.Numerics;

/// <summary>Count, moments, extremes and distribution of any number of floats, in fixed memory.</summary>
/// <remarks>
/// Moments and extremes are exact up to double rounding. The distribution is kept in cells that follow the float format: 64 cells to every
/// power of two, so a quantile read from it is within 1/128 (0.8 %) of an exact one, relative to its size; magnitudes below 2^-63 count as 0 and
/// those of 2^65 or more as 2^65. Two summaries of parts add up to the summary of the whole; sums are added in the order of the calls.
/// </remarks>
public sealed class ValueSummary
{
    /// <summary>Largest relative error of a quantile.</summary>
    public const double QuantileError = 1.0 / 128;

    private const int CellsPerOctave = 64, Octaves = 128, Cells = CellsPerOctave * Octaves, LowestExponentBits = 64;

    // cells[0] holds zeros; 1..Cells the positive magnitudes; the negative ones follow.
    private readonly long[] cells = new long[2 * Cells + 1];
    private double sum, squares;

    /// <summary>How many finite values.</summary>
    public long Count { get; private set; }

    /// <summary>How many values were NaN or infinite; they count in nothing else.</summary>
    public long NonFinite { get; private set; }

    /// <summary>Smallest finite value; NaN when there is none.</summary>
    public float Min { get; private set; } = float.NaN;

    /// <summary>Largest finite value; NaN when there is none.</summary>
    public float Max { get; private set; } = float.NaN;

    /// <summary>Mean; NaN when there is no value.</summary>
    public double Mean => sum / Count;

    /// <summary>Population standard deviation; NaN when there is no value.</summary>
    public double StandardDeviation => Math.Sqrt(Math.Max(0, squares / Count - Mean * Mean));

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(cells);
        (sum, squares, Count, NonFinite, Min, Max) = (0, 0, 0, 0, float.NaN, float.NaN);
    }

    /// <summary>Takes in values.</summary>
    public void Add(ReadOnlySpan<float> values)
    {
        double partSum = 0, partSquares = 0;
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        long finite = 0;
        foreach (var value in values)
        {
            if (!float.IsFinite(value))
                continue;
            finite++;
            partSum += value;
            partSquares += (double)value * value;
            least = Math.Min(least, value);
            most = Math.Max(most, value);
            cells[CellOf(value)]++;
        }
        NonFinite += values.Length - finite;
        if (finite > 0)
            Merge(finite, partSum, partSquares, least, most);
    }

    /// <summary>Takes in another summary.</summary>
    public void Add(ValueSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        NonFinite += other.NonFinite;
        if (other.Count == 0)
            return;
        for (var cell = 0; cell < cells.Length; cell++)
            cells[cell] += other.cells[cell];
        Merge(other.Count, other.sum, other.squares, other.Min, other.Max);
    }

    /// <summary>The value below which this share of the values lies, within <see cref="QuantileError"/> of its size.</summary>
    /// <param name="share">0 to 1.</param>
    public double Quantile(double share)
    {
        if (Count == 0)
            return double.NaN;
        var rank = (long)Math.Round(share * (Count - 1));
        foreach (var (low, high, count) in CellsInOrder())
        {
            if (rank < count)
                return Math.Clamp((low + high) / 2, Min, Max);
            rank -= count;
        }
        return Max;
    }

    /// <summary>Counts in equal bins over [low, high]; a cell that several bins share is split between them, what lies beyond counts in the outermost bins.</summary>
    /// <param name="low">Left edge of the first bin.</param>
    /// <param name="high">Right edge of the last bin.</param>
    /// <param name="bins">Receives one count for each bin; they add up to <see cref="Count"/>, up to rounding.</param>
    public void FillHistogram(double low, double high, Span<double> bins)
    {
        bins.Clear();
        var width = (high - low) / bins.Length;
        foreach (var (from, to, count) in CellsInOrder())
        {
            var first = (int)Math.Clamp(Math.Floor((from - low) / width), 0, bins.Length - 1);
            var last = (int)Math.Clamp(Math.Floor((to - low) / width), 0, bins.Length - 1);
            if (first == last)
            {
                bins[first] += count;
                continue;
            }
            for (var bin = first; bin <= last; bin++)
            {
                var left = bin == first ? from : low + bin * width;
                var right = bin == last ? to : low + (bin + 1) * width;
                bins[bin] += count * (right - left) / (to - from);
            }
        }
    }

    private void Merge(long count, double addedSum, double addedSquares, float least, float most)
    {
        (Min, Max) = Count == 0 ? (least, most) : (Math.Min(Min, least), Math.Max(Max, most));
        Count += count;
        sum += addedSum;
        squares += addedSquares;
    }

    private static int CellOf(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        var cell = (int)((bits & 0x7FFFFFFF) >> 17) - LowestExponentBits * CellsPerOctave;
        if (cell < 0)
            return 0;
        cell = Math.Min(cell, Cells - 1);
        return (bits >> 31) == 0 ? 1 + cell : 1 + Cells + cell;
    }

    private IEnumerable<(double Low, double High, long Count)> CellsInOrder()
    {
        for (var cell = Cells - 1; cell >= 0; cell--)
            if (cells[1 + Cells + cell] is > 0 and var count)
                yield return (-EdgeOf(cell + 1), -EdgeOf(cell), count);
        if (cells[0] > 0)
            yield return (0, 0, cells[0]);
        for (var cell = 0; cell < Cells; cell++)
            if (cells[1 + cell] is > 0 and var count)
                yield return (EdgeOf(cell), EdgeOf(cell + 1), count);
    }

    private static double EdgeOf(int cell) =>
        Math.ScaleB(1 + cell % CellsPerOctave / (double)CellsPerOctave, cell / CellsPerOctave + LowestExponentBits - 127);
}
