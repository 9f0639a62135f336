using System.Runtime.InteropServices;
using Sonde.Numerics.Lanes;

namespace Sonde.Numerics.Summaries;

/// <summary>Finds values by their rank among any number of values that are added twice: counts them in cells, then gathers the few cells that the wanted
/// ranks are in, and orders those.</summary>
/// <remarks>Any number of threads may add values, each through its own <see cref="TallyWorker"/>; the result does not depend on which thread adds
/// which.</remarks>
internal sealed class ValueTally
{
    /// <summary>How many ranks can be wanted.</summary>
    public const int MostRanks = 10;

    private readonly int[] wanted = new int[MostRanks];
    private readonly long[] before = new long[MostRanks];
    private readonly List<float>[] members = [.. Enumerable.Range(0, MostRanks).Select(_ => new List<float>())];
    private readonly Lock guard = new();
    private long[] counts = [];
    private byte[] places = [];
    private int wantedCells;

    /// <summary>The cells.</summary>
    public ValueGrid Grid { get; private set; }

    /// <summary>False if every value is known to be finite.</summary>
    public bool HasNonFinite { get; private set; }

    /// <summary>The smallest finite value; positive infinity when there is none.</summary>
    public float Least { get; private set; }

    /// <summary>The largest finite value; negative infinity when there is none.</summary>
    public float Most { get; private set; }

    /// <summary>The values in each cell, then those that are not finite.</summary>
    public ReadOnlySpan<long> Counts => counts.AsSpan(0, Grid.Cells + 1);

    /// <summary>The cells that wanted ranks are in.</summary>
    public ReadOnlySpan<int> Wanted => wanted.AsSpan(0, wantedCells);

    /// <summary>[cells], the index in <see cref="Wanted"/> of each cell that is there; any number for the others.</summary>
    public byte[] Places => places;

    /// <summary>Begins another tally.</summary>
    public void Open(ValueGrid grid, bool hasNonFinite)
    {
        (Grid, HasNonFinite, Least, Most, wantedCells) = (grid, hasNonFinite, float.PositiveInfinity, float.NegativeInfinity, 0);
        if (counts.Length <= grid.Cells)
            (counts, places) = (new long[grid.Cells + 1], new byte[grid.Cells + 1]);
        Array.Clear(counts);
    }

    /// <summary>Adds what a thread counted, and clears its tables.</summary>
    /// <param name="tables">What <see cref="ValueCells.Count"/> wrote.</param>
    /// <param name="extremes">The smallest and largest values it wrote.</param>
    public void AddCounts(int[] tables, float[] extremes)
    {
        lock (guard)
        {
            ValueCells.MoveCounts(tables, counts.AsSpan(0, Grid.Cells + 1));
            for (var k = 0; k < ValueCells.Widest; k++)
                (Least, Most) = (Math.Min(Least, extremes[k]), Math.Max(Most, extremes[ValueCells.Widest + k]));
        }
    }

    /// <summary>Chooses the cells to gather, once everything is counted.</summary>
    /// <param name="ranks">At most <see cref="MostRanks"/>, ascending; 0 is the smallest value's.</param>
    public void ChooseCells(ReadOnlySpan<long> ranks)
    {
        wantedCells = 0;
        var (cell, below) = (0, 0L);
        foreach (var rank in ranks)
        {
            while (below + counts[cell] <= rank)
                below += counts[cell++];
            if (wantedCells > 0 && wanted[wantedCells - 1] == cell)
                continue;
            (wanted[wantedCells], before[wantedCells]) = (cell, below);
            places[cell] = (byte)wantedCells;
            members[wantedCells++].Clear();
        }
    }

    /// <summary>Adds what a thread gathered, and clears its lists.</summary>
    public void AddMembers(List<float>[] gathered)
    {
        lock (guard)
            for (var k = 0; k < wantedCells; k++)
            {
                members[k].AddRange(gathered[k]);
                gathered[k].Clear();
            }
    }

    /// <summary>Finds the values of the wanted ranks, once their cells are gathered.</summary>
    public void Select<TLanes>(ReadOnlySpan<long> ranks, Span<float> found, TallyWorker worker, int depth) where TLanes : struct, IVectorLanes<TLanes>
    {
        Span<long> within = stackalloc long[MostRanks];
        for (var (cell, done) = (0, 0); done < ranks.Length; cell++)
        {
            var (end, size) = (done, counts[wanted[cell]]);
            for (; end < ranks.Length && ranks[end] < before[cell] + size; end++)
                within[end - done] = ranks[end] - before[cell];
            SelectIn<TLanes>(members[cell], size - members[cell].Count, within[..(end - done)], found[done..end], worker, depth);
            done = end;
        }
    }

    // Finds the values of some ranks of a cell, whose zeros are not among its members.
    private static void SelectIn<TLanes>(List<float> others, long zeros, Span<long> ranks, Span<float> found, TallyWorker worker, int depth)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        var values = CollectionsMarshal.AsSpan(others);
        var negative = 0L;
        if (zeros > 0)
            foreach (var value in values)
                negative += value < 0 ? 1 : 0;
        var (below, above) = (0, ranks.Length);
        while (below < above && ranks[below] < negative)
            below++;
        while (above > below && ranks[above - 1] >= negative + zeros)
            ranks[--above] -= zeros;
        found[below..above].Clear();
        // Those that remain have ranks among the others.
        ranks[above..].CopyTo(ranks[below..]);
        Span<float> left = stackalloc float[MostRanks];
        var count = ranks.Length - (above - below);
        if (count == 0)
            return;
        OrderStatistics.Select<TLanes>(values, ranks[..count], left[..count], worker, depth);
        left[..below].CopyTo(found);
        left[below..count].CopyTo(found[above..]);
    }
}
