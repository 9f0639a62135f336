using System.Numerics;
using System.Runtime.CompilerServices;
using Sonde.Numerics.Lanes;

namespace Sonde.Numerics.Summaries;

/// <summary>Vector kernels that count values by the cells of a <see cref="ValueGrid"/>, and gather those of a few cells.</summary>
/// <remarks>Values that are not finite have a cell of their own, after the last, and are never gathered. Loops over vectors call nothing: across a call
/// no vector stays in a register.</remarks>
internal static unsafe class ValueCells
{
    /// <summary>The most cells of a grid: two tables of them just fit the first-level cache.</summary>
    public const int Most = 6400;

    /// <summary>The most lanes that a vector has.</summary>
    public const int Widest = 16;

    /// <summary>Integers that <see cref="Count"/> needs: two tables.</summary>
    public const int TableSize = 2 * Table;

    private const int Table = Most + 16, Chunk = 1024, Behind = 128;

    /// <summary>Adds to the counts of cells.</summary>
    /// <param name="values">[count].</param>
    /// <param name="count">How many values.</param>
    /// <param name="grid">The cells.</param>
    /// <param name="hasNonFinite">False if every value is known to be finite.</param>
    /// <param name="tables">[TableSize], added to; <see cref="MoveCounts"/> reads them.</param>
    /// <param name="extremes">[2, Widest], lane by lane the smallest and the largest finite value so far.</param>
    [SkipLocalsInit]
    public static void Count<TLanes>(float* values, nint count, in ValueGrid grid, bool hasNonFinite, int* tables, float* extremes)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        var cells = stackalloc int[Chunk];
        var rest = stackalloc float[Widest];
        while (count > 0)
        {
            var n = (int)Math.Min(count, Chunk);
            if (n >= Widest)
                n &= -Widest;
            else
                Pad(values, n, rest);
            CountChunk<TLanes>(n < Widest ? rest : values, n, grid, hasNonFinite, cells, tables, extremes);
            values += n;
            count -= n;
        }
    }

    /// <summary>Adds the tables to the counts of cells, and clears them.</summary>
    public static void MoveCounts(Span<int> tables, Span<long> counts)
    {
        Span<int> even = tables[..counts.Length], odd = tables.Slice(Table, counts.Length);
        var cell = 0;
        for (; cell + Vector<int>.Count <= counts.Length; cell += Vector<int>.Count)
        {
            var both = new Vector<int>(even[cell..]) + new Vector<int>(odd[cell..]);
            (new Vector<long>(counts[cell..]) + Vector.WidenLower(both)).CopyTo(counts[cell..]);
            (new Vector<long>(counts[(cell + Vector<long>.Count)..]) + Vector.WidenUpper(both)).CopyTo(counts[(cell + Vector<long>.Count)..]);
        }
        for (; cell < counts.Length; cell++)
            counts[cell] += even[cell] + odd[cell];
        even.Clear();
        odd.Clear();
    }

    /// <summary>Adds the values of some cells to lists, in no particular order. Zeros are left out: images have many, so that most gradients of a first
    /// layer's weights may be 0, and the counts of the cells tell how many there are.</summary>
    /// <param name="values">[count].</param>
    /// <param name="count">How many values.</param>
    /// <param name="grid">The cells.</param>
    /// <param name="wanted">The numbers of some different cells, in order.</param>
    /// <param name="places">[cells], the index in wanted of each cell that is there; any number for the others.</param>
    /// <param name="members">[wanted], receives the values.</param>
    [SkipLocalsInit]
    public static void Gather<TLanes>(
        float* values, nint count, in ValueGrid grid, ReadOnlySpan<int> wanted, ReadOnlySpan<byte> places, List<float>[] members)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        var found = stackalloc float[Chunk];
        var rest = stackalloc float[Widest];
        while (count > 0)
        {
            var n = (int)Math.Min(count, Chunk);
            if (n >= TLanes.Count)
                n &= -TLanes.Count;
            else
                Pad(values, n, rest);
            var hits = Select<TLanes>(n < TLanes.Count ? rest : values, n, grid, wanted, found);
            for (var k = 0; k < hits; k++)
            {
                if (!float.IsFinite(found[k]))
                    continue;
                var cell = grid.CellOf(found[k]);
                if (places[cell] < wanted.Length && wanted[places[cell]] == cell)
                    members[places[cell]].Add(found[k]);
            }
            values += n;
            count -= n;
        }
    }

    // Whole vectors are read. Additions to the tables, which wait for one another, run behind, so that cells are computed meanwhile.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CountChunk<TLanes>(float* values, int count, in ValueGrid grid, bool hasNonFinite, int* cells, int* tables, float* extremes)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        TLanes scale = TLanes.Broadcast(grid.Scale), first = TLanes.Of(grid.First), last = TLanes.Of(grid.Cells - 1);
        TLanes smallest = TLanes.Load(extremes), largest = TLanes.Load(extremes + Widest);
        for (var k = 0; k < count + Behind; k += Widest)
        {
            for (var j = k; j < k + Widest && k < count; j += TLanes.Count)
            {
                var v = TLanes.Load(values + j);
                // From 0 on: as unsigned numbers they take an instruction less each.
                var cell = TLanes.MinNative(TLanes.MaxNative(CellOf(v, scale) - first, default), last);
                if (hasNonFinite)
                {
                    // v - v is 0 or NaN.
                    var isFinite = TLanes.Of(1) + (v - v);
                    cell = TLanes.WherePositive(isFinite, cell, last + TLanes.Of(1));
                    smallest = TLanes.MinNative(smallest, TLanes.WherePositive(isFinite, v, smallest));
                    largest = TLanes.MaxNative(largest, TLanes.WherePositive(isFinite, v, largest));
                }
                else
                {
                    smallest = TLanes.MinNative(smallest, v);
                    largest = TLanes.MaxNative(largest, v);
                }
                TLanes.StoreIntegers(cell, cells + j);
            }
            var from = k - Behind;
            if (from >= 0 && from + Widest <= count)
            {
                AddEight(cells + from, tables);
                AddEight(cells + from + Widest / 2, tables);
            }
            else
                for (; from >= 0 && from < count; from++)
                    tables[cells[from]]++;
        }
        TLanes.Store(smallest, extremes);
        TLanes.Store(largest, extremes + Widest);
    }

    // Two cells per load, and neighbours in different tables: an addition to a cell would wait for the one to the same cell just before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEight(int* cells, int* tables)
    {
        var odd = tables + Table;
        ulong a = *(ulong*)cells, b = *(ulong*)(cells + 2), c = *(ulong*)(cells + 4), d = *(ulong*)(cells + 6);
        tables[(uint)a]++;
        odd[a >> 32]++;
        tables[(uint)b]++;
        odd[b >> 32]++;
        tables[(uint)c]++;
        odd[c >> 32]++;
        tables[(uint)d]++;
        odd[d >> 32]++;
    }

    // Finds the values other than 0 that are in wanted cells up to rounding: their product with the scale is at most half a cell from the middle of one. The
    // last vector may be read past the count.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Select<TLanes>(float* values, int count, in ValueGrid grid, ReadOnlySpan<int> wanted, float* found)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        // Values beyond the cells belong to the outermost ones.
        var isOuterWanted = wanted[0] == 0 || wanted[^1] == grid.Cells - 1;
        var (first, most) = (grid.First + 0.5, wanted.Length - 1);
        TLanes scale = TLanes.Broadcast(grid.Scale), half = TLanes.Of(0.5), least = TLanes.Of(first), last = TLanes.Of(first + grid.Cells - 1);
        // Five stay in registers: as many as there are percentiles.
        TLanes m0 = TLanes.Of(first + wanted[0]), m1 = TLanes.Of(first + wanted[Math.Min(1, most)]), m2 = TLanes.Of(first + wanted[Math.Min(2, most)]);
        TLanes m3 = TLanes.Of(first + wanted[Math.Min(3, most)]), m4 = TLanes.Of(first + wanted[Math.Min(4, most)]);
        var hits = 0;
        for (var k = 0; k < count; k += TLanes.Count)
        {
            var value = TLanes.Load(values + k);
            var product = value * scale;
            if (isOuterWanted)
                product = TLanes.MinNative(TLanes.MaxNative(product, least), last);
            var distance = TLanes.MinNative(TLanes.Abs(product - m0), TLanes.Abs(product - m1));
            distance = TLanes.MinNative(distance, TLanes.MinNative(TLanes.Abs(product - m2), TLanes.Abs(product - m3)));
            distance = TLanes.MinNative(distance, TLanes.Abs(product - m4));
            for (var w = 5; w < wanted.Length; w++)
                distance = TLanes.MinNative(distance, TLanes.Abs(product - TLanes.Of(first + wanted[w])));
            var bits = TLanes.AtMostBits(distance, half);
            if (bits == 0)
                continue;
            bits &= ~TLanes.AtMostBits(TLanes.Abs(value), default);
            if (count - k < TLanes.Count)
                bits &= (1u << (count - k)) - 1;
            for (; bits != 0; bits &= bits - 1)
                found[hits++] = values[k + BitOperations.TrailingZeroCount(bits)];
        }
        return hits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes CellOf<TLanes>(TLanes value, TLanes scale) where TLanes : struct, IVectorLanes<TLanes>
    {
        var cell = TLanes.Floor(value * scale);
        // As ValueGrid.CellOf.
        return TLanes.WherePositive(TLanes.FusedMultiplyAdd(-value, scale, cell), cell - TLanes.Of(1), cell);
    }

    // The last values, repeated up to the widest vector.
    private static void Pad(float* values, int count, float* padded)
    {
        for (var k = 0; k < Widest; k++)
            padded[k] = values[Math.Min(k, count - 1)];
    }
}
