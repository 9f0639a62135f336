namespace Sonde.Kernels.Threads;

/// <summary>Says which rows of a layer's weights belong to which thread, in all three passes.</summary>
/// <remarks>
/// The number of ranges depends on the number of rows alone, and forward sums are added up range by range in a fixed tree, so bits do not depend on
/// the threads. If the number of threads divides that of ranges, a thread owns whole ranges: it alone reads and moves their weights, which then stay
/// in its core's cache. Any other number of threads shares rows backwards and columns forwards.
/// </remarks>
internal static class RowShare
{
    /// <summary>Rows that belong together: a cache line of the layer's input.</summary>
    public const int Block = 16;

    /// <summary>The most ranges: with more, adding them up would cost more than a hundredth of the forward pass of 1,000 units.</summary>
    private const int MostRanges = 8;

    /// <summary>Returns how many blocks this many rows have; the last one may be incomplete.</summary>
    public static int Blocks(int rows) => (rows + Block - 1) / Block;

    /// <summary>Returns how many ranges this many rows have: 1, 2, 4 or 8.</summary>
    public static int Ranges(int rows)
    {
        var ranges = 1;
        while (ranges < MostRanges && 2 * ranges <= Blocks(rows))
            ranges *= 2;
        return ranges;
    }

    /// <summary>Returns the first row of a range, a multiple of <see cref="Block"/>; for the range past the last, the end.</summary>
    public static int StartOf(int range, int rows) => Blocks(rows) * range / Ranges(rows) * Block;

    /// <summary>True if each part owns whole ranges.</summary>
    public static bool IsOwned(int rows, int parts) => Ranges(rows) % parts == 0;

    /// <summary>Returns the rows of a part in the passes that share rows, multiples of <see cref="Block"/>.</summary>
    public static (int First, int End) Of(int rows, int part, int parts)
    {
        if (!IsOwned(rows, parts))
            return (Block * Cut(Blocks(rows), part, parts), Block * Cut(Blocks(rows), part + 1, parts));
        var ranges = Ranges(rows) / parts;
        return (StartOf(part * ranges, rows), StartOf((part + 1) * ranges, rows));
    }

    private static int Cut(int blocks, int part, int parts) => (int)((long)blocks * part / parts);
}
