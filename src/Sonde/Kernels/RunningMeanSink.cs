using System.Runtime.CompilerServices;
using Sonde.Numerics;

namespace Sonde.Kernels;

/// <summary>Takes values into a running mean, <c>h := h + share (value - h)</c>.</summary>
/// <param name="means">The first mean of the tile.</param>
/// <param name="share">How much a new value counts, above 0 and at most 1.</param>
internal readonly unsafe struct RunningMeanSink<TLanes>(float* means, float share) : IGradientSink<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    private readonly float* means = means;
    private readonly float share = share;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(TLanes value, nint offset)
    {
        var mean = TLanes.Load(means + offset);
        TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Broadcast(share), value - mean, mean), means + offset);
    }
}
