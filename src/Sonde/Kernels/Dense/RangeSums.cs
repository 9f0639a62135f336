using System.Numerics;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>Forward sums over ranges of a layer's inputs, on their way to pre-activations.</summary>
/// <param name="examples">The most examples handled at once.</param>
/// <param name="units">The most units of a layer.</param>
/// <param name="ranges">The most ranges.</param>
internal sealed unsafe class RangeSums<TLanes>(int examples, int units, int ranges) : IDisposable where TLanes : struct, IVectorLanes<TLanes>
{
    private readonly PaddedMatrix sums = new(examples * ranges, units, RowShare.Block, spreadRows: true);

    /// <summary>Floats between the rows of a range.</summary>
    public nint Stride => sums.Stride;

    /// <summary>Returns the sums over one range, [examples, units].</summary>
    public float* Of(int range) => sums.Data + (nint)range * examples * sums.Stride;

    /// <summary>Floats from the sums over one range to those over the next.</summary>
    public nint RangeStride => (nint)examples * sums.Stride;

    /// <summary>Returns how many ranges of a part are waiting for their neighbours when one is computed, so that few sums wait, and stay in the cache: none at
    /// the first, one at the second and third, two at the fourth.</summary>
    /// <param name="range">The range, counted from the part's first.</param>
    public static int WaitingAt(int range) => BitOperations.PopCount((uint)range);

    /// <summary>Returns how many of those that wait a range completes: two by two, the pairs two by two, and so on, as <see cref="Combine"/> adds the
    /// parts.</summary>
    /// <param name="range">The range, counted from the part's first.</param>
    public static int JoinsOf(int range) => BitOperations.TrailingZeroCount(range + 1);

    /// <summary>Adds ranges up, two by two, the pairs two by two, and so on: into the first of them, in an order that depends on none of the
    /// arguments.</summary>
    /// <param name="ranges">How many ranges.</param>
    /// <param name="step">How many ranges are added up already: 1, 2, 4 or 8.</param>
    /// <param name="first">The first example.</param>
    /// <param name="count">Examples.</param>
    /// <param name="from">The first unit.</param>
    /// <param name="to">The unit after the last.</param>
    public void Combine(int ranges, int step, int first, int count, int from, int to)
    {
        var at = first * Stride + from;
        for (; step < ranges; step *= 2)
            for (var range = 0; range < ranges; range += 2 * step)
                DenseForwardSimd.Add<TLanes>(Of(range + step) + at, count, to - from, Stride, Of(range) + at);
    }

    /// <inheritdoc/>
    public void Dispose() => sums.Dispose();
}
