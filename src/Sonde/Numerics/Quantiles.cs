namespace Sonde.Numerics;

/// <summary>Exact quantiles of a few hundred thousand floats, without sorting all of them.</summary>
public static class Quantiles
{
    /// <summary>Quantiles by linear interpolation between the two nearest order statistics (the definition numpy and DuckDB's quantile_cont use).</summary>
    /// <param name="values">Finite values, at least one, in any order.</param>
    /// <param name="shares">[n], each from 0 to 1.</param>
    /// <param name="quantiles">[n], receives the results.</param>
    /// <exception cref="ArgumentException">values is empty.</exception>
    /// <remarks>Two passes: one counts values by their upper sixteen bits, one gathers the few cells that the wanted ranks fall in and sorts those.</remarks>
    public static void Exact(ReadOnlySpan<float> values, ReadOnlySpan<double> shares, Span<double> quantiles)
    {
        if (values.IsEmpty)
            throw new ArgumentException("Expected at least one value, got none. Ask for quantiles of values that exist.", nameof(values));
        var counts = new int[1 << 16];
        foreach (var value in values)
            counts[CellOf(value)]++;

        var cells = new SortedDictionary<int, (int FirstRank, List<float> Members)>();
        foreach (var share in shares)
        {
            var rank = share * (values.Length - 1);
            AddCell(cells, counts, (int)Math.Floor(rank));
            AddCell(cells, counts, (int)Math.Ceiling(rank));
        }
        var wanted = new List<float>?[1 << 16];
        foreach (var (cell, (_, members)) in cells)
            wanted[cell] = members;
        foreach (var value in values)
            wanted[CellOf(value)]?.Add(value);
        foreach (var (_, members) in cells.Values)
            members.Sort();

        for (var k = 0; k < shares.Length; k++)
        {
            var rank = shares[k] * (values.Length - 1);
            double low = ValueAt(cells, (int)Math.Floor(rank)), high = ValueAt(cells, (int)Math.Ceiling(rank));
            quantiles[k] = low + (high - low) * (rank - Math.Floor(rank));
        }
    }

    // The bits of a float, changed so that unsigned order is numeric order; -0 and +0 get neighbouring cells.
    private static int CellOf(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return (int)(((bits >> 31) == 0 ? bits | 0x80000000 : ~bits) >> 16);
    }

    private static void AddCell(SortedDictionary<int, (int, List<float>)> cells, int[] counts, int rank)
    {
        var (cell, before) = (0, 0);
        while (before + counts[cell] <= rank)
            before += counts[cell++];
        cells.TryAdd(cell, (before, new List<float>(counts[cell])));
    }

    private static float ValueAt(SortedDictionary<int, (int FirstRank, List<float> Members)> cells, int rank)
    {
        foreach (var (first, members) in cells.Values)
            if (rank >= first && rank < first + members.Count)
                return members[rank - first];
        throw new InvalidOperationException($"Expected a cell for rank {rank}, got none.");
    }
}
