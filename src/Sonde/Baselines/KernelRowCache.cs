using Sonde.Baselines.Kernels;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Memory;

namespace Sonde.Baselines;

/// <summary>Rows of the kernel matrix in floats, as many as fit the memory given: a row that is missing takes the place of the one used longest ago.</summary>
/// <remarks>Rows are computed several at a time, since each reading of the examples then serves them all: one at a time they would wait for memory. A row may
/// be known for the first
/// examples alone; it is completed when more are asked for.</remarks>
internal sealed class KernelRowCache : IDisposable
{
    private readonly RadialRows kernel;
    private readonly PaddedMatrix examples, rows, queries;
    private readonly float[] norms;
    private readonly float queryGamma;
    private readonly WorkerTeam team;
    private readonly int[] slotOf, ownerOf, lengthOf;
    private readonly long[] usedAt;
    private readonly float[] queryNorms = new float[RadialRows.MostQueries];
    private readonly int[] slots = new int[RadialRows.MostQueries];
    private readonly Action<int> compute;
    private int batch, from, to;
    private long clock;

    /// <summary>An empty cache.</summary>
    /// <param name="kernel">Computes rows.</param>
    /// <param name="examples">[count, inputs] of <see cref="RadialRows.Examples"/>; exchanged through <see cref="Exchange"/> alone.</param>
    /// <param name="count">How many examples.</param>
    /// <param name="gamma">Of the kernel.</param>
    /// <param name="bytes">Memory for rows; there is always room for two.</param>
    /// <param name="team">Shares the columns.</param>
    public KernelRowCache(RadialRows kernel, PaddedMatrix examples, int count, double gamma, long bytes, WorkerTeam team)
    {
        (this.kernel, this.examples, this.team, queryGamma) = (kernel, examples, team, (float)gamma);
        norms = new float[examples.Rows];
        kernel.SquaredNorms(examples, norms);
        queries = new(RadialRows.MostQueries, examples.Columns, RadialRows.ColumnBlock);
        Capacity = (int)Math.Clamp(bytes / (sizeof(float) * (long)examples.Rows), Math.Min(2, count), count);
        rows = new(Capacity, examples.Rows, RadialRows.ColumnBlock);
        (slotOf, ownerOf, lengthOf, usedAt) = (new int[count], new int[Capacity], new int[Capacity], new long[Capacity]);
        Array.Fill(slotOf, -1);
        Array.Fill(ownerOf, -1);
        compute = Compute;
    }

    /// <summary>How many rows it holds.</summary>
    public int Capacity { get; }

    /// <summary>How many rows may be asked for at once: few where room is short, so that they do not drive out what will be needed.</summary>
    public int MostAtOnce => Math.Clamp(Capacity / 4, 1, RadialRows.MostQueries);

    /// <summary>Rows computed so far, those completed included.</summary>
    public long Computed { get; private set; }

    /// <summary>True if the first entries of this row are there.</summary>
    public bool Holds(int example, int length) => slotOf[example] >= 0 && lengthOf[slotOf[example]] >= length;

    /// <summary>K[example, 0..length-1], which has to be there; good until the next <see cref="Load"/> but one.</summary>
    public ReadOnlySpan<float> Row(int example, int length)
    {
        usedAt[slotOf[example]] = ++clock;
        return rows.Row(slotOf[example])[..length];
    }

    /// <summary>Computes those of some rows that are not there, or not up to this length.</summary>
    /// <param name="wanted">At most <see cref="MostAtOnce"/> examples, each once.</param>
    /// <param name="length">Entries of each.</param>
    public void Load(ReadOnlySpan<int> wanted, int length)
    {
        (batch, from) = (0, length);
        // First, so that no row of these makes room for another.
        foreach (var example in wanted)
            if (slotOf[example] >= 0)
                usedAt[slotOf[example]] = ++clock;
        foreach (var example in wanted)
        {
            if (Holds(example, length))
                continue;
            if (slotOf[example] < 0)
                Take(LongestUnused(), example);
            var slot = slots[batch] = slotOf[example];
            from = Math.Min(from, lengthOf[slot]);
            (lengthOf[slot], usedAt[slot], queryNorms[batch]) = (length, ++clock, norms[example]);
            examples.Row(example).CopyTo(queries.Row(batch++));
        }
        if (batch == 0)
            return;
        (from, to) = (from / RadialRows.ColumnBlock, (length + RadialRows.ColumnBlock - 1) / RadialRows.ColumnBlock);
        Computed += batch;
        team.Run(compute);
    }

    /// <summary>Exchanges examples, and their columns in every row.</summary>
    /// <param name="pairs">Left below right, no index in two pairs.</param>
    public void Exchange(ReadOnlySpan<(int Left, int Right)> pairs)
    {
        foreach (var (left, right) in pairs)
        {
            (norms[left], norms[right]) = (norms[right], norms[left]);
            (slotOf[left], slotOf[right]) = (slotOf[right], slotOf[left]);
            Span<float> one = examples.Row(left), other = examples.Row(right);
            for (var i = 0; i < one.Length; i++)
                (one[i], other[i]) = (other[i], one[i]);
            foreach (var moved in (ReadOnlySpan<int>)[left, right])
                if (slotOf[moved] >= 0)
                    ownerOf[slotOf[moved]] = moved;
        }
        for (var slot = 0; slot < Capacity; slot++)
        {
            var row = rows.Row(slot);
            foreach (var (left, right) in pairs)
                if (right < lengthOf[slot])
                    (row[left], row[right]) = (row[right], row[left]);
                else if (left < lengthOf[slot])
                    lengthOf[slot] = left;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        rows.Dispose();
        queries.Dispose();
    }

    private void Compute(int part)
    {
        var (first, end) = (from + (int)((long)(to - from) * part / team.Threads), from + (int)((long)(to - from) * (part + 1) / team.Threads));
        if (first < end)
            kernel.Compute(
                queries, queryNorms, examples, norms, queryGamma, first * RadialRows.ColumnBlock, end * RadialRows.ColumnBlock, slots.AsSpan(0, batch), rows);
    }

    private void Take(int slot, int example)
    {
        if (ownerOf[slot] >= 0)
            slotOf[ownerOf[slot]] = -1;
        (slotOf[example], ownerOf[slot], lengthOf[slot]) = (slot, example, 0);
    }

    // A look at all slots costs nothing beside the row that is to fill one.
    private int LongestUnused()
    {
        var oldest = 0;
        for (var slot = 1; slot < Capacity; slot++)
            if (usedAt[slot] < usedAt[oldest])
                oldest = slot;
        return oldest;
    }
}
