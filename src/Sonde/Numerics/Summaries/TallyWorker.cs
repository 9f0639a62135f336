using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sonde.Numerics.Lanes;

namespace Sonde.Numerics.Summaries;

/// <summary>One thread's tables for tallies: it sums, counts or gathers the values it is given, then hands over the result.</summary>
internal sealed unsafe class TallyWorker
{
    // Counts are 32 bits here.
    private const long MostPending = 1 << 30;

    private readonly int[] tables = GC.AllocateArray<int>(ValueCells.TableSize, pinned: true);
    private readonly float[] extremes = GC.AllocateArray<float>(2 * ValueCells.Widest, pinned: true);
    private readonly List<float>[] members = [.. Enumerable.Range(0, ValueTally.MostRanks).Select(_ => new List<float>())];
    private readonly List<ValueTally> tallies = [];
    private ValueTally? counted, gathered;
    private ValueMoments moments;
    private long pending;

    /// <summary>Makes the tables.</summary>
    public TallyWorker() => ForgetExtremes();

    /// <summary>A summary for this thread alone, always the same one.</summary>
    public SummaryTally Summary { get; } = new(new());

    /// <summary>Returns a tally for this thread alone, always the same one for a depth.</summary>
    /// <param name="depth">How many of them are in use.</param>
    public ValueTally Tally(int depth)
    {
        while (tallies.Count <= depth)
            tallies.Add(new());
        return tallies[depth];
    }

    /// <summary>Sums the values that are added from now on.</summary>
    /// <param name="origin">A value near the others.</param>
    public void Sum(double origin)
    {
        HandOver();
        moments = new(origin, 0, 0, 0, 0);
    }

    /// <summary>The moments of the values added since <see cref="Sum"/>.</summary>
    public ValueMoments Moments => moments;

    /// <summary>Counts the values that are added from now on.</summary>
    public void Count(ValueTally tally)
    {
        if (tally != counted || pending > MostPending)
            HandOver();
        counted = tally;
    }

    /// <summary>Gathers, of the values that are added from now on, those in the cells that the tally chose.</summary>
    public void Gather(ValueTally tally)
    {
        if (tally != gathered)
            HandOver();
        gathered = tally;
    }

    /// <summary>Adds values.</summary>
    public void Add<TLanes>(float* values, nint count) where TLanes : struct, IVectorLanes<TLanes>
    {
        if (counted is { } tally)
        {
            ValueCells.Count<TLanes>(values, count, tally.Grid, tally.HasNonFinite, AddressOf(tables), AddressOf(extremes));
            pending += count;
        }
        else if (gathered is { } other)
            ValueCells.Gather<TLanes>(values, count, other.Grid, other.Wanted, other.Places, members);
        else
            moments = moments.Plus(ValueMoments.Of(new(values, (int)count), moments.Origin));
    }

    /// <summary>Hands over what was counted and gathered.</summary>
    public void HandOver()
    {
        if (counted is not null)
        {
            counted.AddCounts(tables, extremes);
            ForgetExtremes();
        }
        gathered?.AddMembers(members);
        (counted, gathered, pending) = (null, null, 0);
    }

    private void ForgetExtremes()
    {
        extremes.AsSpan(0, ValueCells.Widest).Fill(float.PositiveInfinity);
        extremes.AsSpan(ValueCells.Widest).Fill(float.NegativeInfinity);
    }

    // The arrays are pinned.
    private static T* AddressOf<T>(T[] array) where T : unmanaged => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
}
