using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sonde.Numerics;

/// <summary>Count, moments, extremes and distribution of any number of floats, in fixed memory.</summary>
/// <remarks>
/// Moments and extremes are exact up to double rounding. The distribution is kept in cells that follow the float format: 64 cells to every
/// power of two, so a quantile read from it is within 1/128 (0.8 %) of an exact one, relative to its size (below 2^-126, to 2^-126).
/// Two summaries of parts add up to the summary of the whole; sums are added in the order of the calls.
/// </remarks>
public sealed class ValueSummary
{
    /// <summary>Largest relative error of a quantile.</summary>
    public const double QuantileError = 1.0 / 128;

    private const int CellsPerOctave = 64, Octaves = 255, Cells = CellsPerOctave * Octaves;

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
    public void Add(ReadOnlySpan<float> values) => Merge(Tally(values));

    /// <summary>Takes in another summary.</summary>
    public void Add(ValueSummary other)
    {
        ArgumentNullException.ThrowIfNull(other);
        AddCells(other);
        Merge(new() { Count = other.Count, NonFinite = other.NonFinite, Sum = other.sum, Squares = other.squares, Min = other.Min, Max = other.Max });
    }

    /// <summary>Counts values in the cells only and returns their moments, for <see cref="Merge"/> in an order of the caller's.</summary>
    internal ValueMoments Tally(ReadOnlySpan<float> values)
    {
        // Two sums each, for even and odd places: one alone would wait for its own last addition.
        double sum = 0, nextSum = 0, squares = 0, nextSquares = 0;
        float least = float.PositiveInfinity, most = float.NegativeInfinity;
        var nonFinite = 0L;
        ref var counts = ref MemoryMarshal.GetArrayDataReference(cells);
        foreach (var value in values)
        {
            var bits = BitConverter.SingleToUInt32Bits(value);
            var magnitude = bits & 0x7FFFFFFF;
            if (magnitude >= 0x7F800000)
            {
                nonFinite++;
                continue;
            }
            (sum, nextSum) = (nextSum, sum + value);
            (squares, nextSquares) = (nextSquares, squares + (double)value * value);
            least = value < least ? value : least;
            most = value > most ? value : most;
            var cell = magnitude == 0 ? 0 : 1 + (magnitude >> 17) + (bits >> 31) * Cells;
            Unsafe.Add(ref counts, cell)++;
        }
        return new()
        {
            Count = values.Length - nonFinite, NonFinite = nonFinite, Sum = sum + nextSum, Squares = squares + nextSquares, Min = least, Max = most,
        };
    }

    /// <summary>Takes in the cells of another summary, but not its moments.</summary>
    internal void AddCells(ValueSummary other)
    {
        for (var cell = 0; cell < cells.Length; cell++)
            cells[cell] += other.cells[cell];
    }

    /// <summary>Takes in moments of values whose cells are counted already.</summary>
    internal void Merge(in ValueMoments moments)
    {
        NonFinite += moments.NonFinite;
        if (moments.Count == 0)
            return;
        (Min, Max) = Count == 0 ? (moments.Min, moments.Max) : (Math.Min(Min, moments.Min), Math.Max(Max, moments.Max));
        Count += moments.Count;
        sum += moments.Sum;
        squares += moments.Squares;
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

    private static double EdgeOf(int cell)
    {
        var (octave, fraction) = (cell / CellsPerOctave, cell % CellsPerOctave / (double)CellsPerOctave);
        return octave == 0 ? Math.ScaleB(fraction, -126) : Math.ScaleB(1 + fraction, octave - 127);
    }
}
