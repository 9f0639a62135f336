using System.Runtime.CompilerServices;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>Receives the gradient of a few weights while it is in registers.</summary>
internal unsafe interface IGradientSink<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    /// <summary>Receives dCost/dW of one vector of weights.</summary>
    /// <param name="gradient">Summed over the examples.</param>
    /// <param name="offset">From the first weight of the tile, in floats.</param>
    /// <param name="startsLine">False if a vector before it is in the same cache line.</param>
    void Receive(TLanes gradient, nint offset, bool startsLine);

    /// <summary>Fetches what the sink will need for some weights that are side by side.</summary>
    /// <param name="offset">As above, of the first of them.</param>
    /// <param name="count">How many, 64 at most.</param>
    void Fetch(nint offset, int count);
}

/// <summary>Moves the weights along their gradient, <c>W := W - learningRate * dCost/dW</c>.</summary>
/// <typeparam name="TLanes">The vector.</typeparam>
/// <typeparam name="TFetches">1 to fetch weights that are needed soon, 0 if they are in the cache already.</typeparam>
/// <param name="weights">The first weight of the tile.</param>
/// <param name="ahead">Floats from a weight to the one that is needed soon.</param>
/// <param name="learningRate">How far to move.</param>
internal readonly unsafe struct DescentSink<TLanes, TFetches>(float* weights, nint ahead, float learningRate) : IGradientSink<TLanes>
    where TLanes : struct, IVectorLanes<TLanes> where TFetches : struct, ICount
{
    private readonly float* weights = weights;
    private readonly nint ahead = ahead;
    private readonly float step = -learningRate;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Receive(TLanes gradient, nint offset, bool startsLine)
    {
        // Into the second level: by the time they are needed, the first would have lost them.
        if (TFetches.Value > 0 && startsLine)
            Prefetch.Later(weights + ahead + offset);
        TLanes.Store(TLanes.FusedMultiplyAdd(gradient, TLanes.Broadcast(step), TLanes.Load(weights + offset)), weights + offset);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(nint offset, int count) => Prefetch.Read(weights + offset, count);
}

/// <summary>Stores the gradient.</summary>
/// <param name="destination">Where that of the tile's first weight goes.</param>
internal readonly unsafe struct StoreSink<TLanes>(float* destination) : IGradientSink<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    private readonly float* destination = destination;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Receive(TLanes gradient, nint offset, bool startsLine) => TLanes.Store(gradient, destination + offset);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(nint offset, int count)
    {
    }
}
