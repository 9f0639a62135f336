using System.Numerics;
using Sonde.Numerics.Lanes;

namespace Sonde.Numerics.Summaries;

/// <summary>Finds values by their rank, without sorting all of them.</summary>
internal static unsafe class OrderStatistics
{
    private const int FewEnoughToSort = 32, MostCells = 1600;

    /// <summary>Finds the values of some ranks.</summary>
    /// <param name="values">Finite values; their order may change.</param>
    /// <param name="ranks">At most <see cref="ValueTally.MostRanks"/>, ascending; 0 is the smallest value's.</param>
    /// <param name="found">[ranks], receives the values.</param>
    /// <param name="worker">The tables of this thread.</param>
    /// <param name="depth">How many tallies of the worker are in use.</param>
    public static void Select<TLanes>(Span<float> values, ReadOnlySpan<long> ranks, Span<float> found, TallyWorker worker, int depth)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        if (values.Length > FewEnoughToSort)
        {
            var (least, most) = Extremes(values);
            if (least == most)
            {
                found.Fill(least);
                return;
            }
            // As many cells as values, so that most hold a few.
            var tally = worker.Tally(depth);
            tally.Open(ValueGrid.Over(least, most, Math.Min(MostCells, values.Length)), hasNonFinite: false);
            fixed (float* data = values)
            {
                worker.Count(tally);
                worker.Add<TLanes>(data, values.Length);
                worker.HandOver();
                tally.ChooseCells(ranks);
                // If not, cells cannot tell the values apart: numbers below 1e-36 with a few huge ones among them.
                if (tally.Counts[tally.Wanted[0]] < values.Length)
                {
                    worker.Gather(tally);
                    worker.Add<TLanes>(data, values.Length);
                    worker.HandOver();
                    tally.Select<TLanes>(ranks, found, worker, depth + 1);
                    return;
                }
            }
        }
        values.Sort();
        for (var k = 0; k < ranks.Length; k++)
            found[k] = values[(int)ranks[k]];
    }

    private static (float Least, float Most) Extremes(ReadOnlySpan<float> values)
    {
        var (least, most) = (new Vector<float>(values[0]), new Vector<float>(values[0]));
        var k = 0;
        for (; k + Vector<float>.Count <= values.Length; k += Vector<float>.Count)
        {
            var v = new Vector<float>(values.Slice(k, Vector<float>.Count));
            (least, most) = (Vector.MinNative(least, v), Vector.MaxNative(most, v));
        }
        var (smallest, largest) = (least[0], most[0]);
        for (var lane = 1; lane < Vector<float>.Count; lane++)
            (smallest, largest) = (Math.Min(smallest, least[lane]), Math.Max(largest, most[lane]));
        foreach (var value in values[k..])
            (smallest, largest) = (Math.Min(smallest, value), Math.Max(largest, value));
        return (smallest, largest);
    }
}
