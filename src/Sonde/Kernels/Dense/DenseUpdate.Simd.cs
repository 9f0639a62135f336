using System.Runtime.CompilerServices;
using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>Receives the gradient of a few weights while it is in registers.</summary>
internal unsafe interface IGradientSink<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    /// <summary>Takes dCost/dW of one vector of weights.</summary>
    /// <param name="gradient">Summed over the examples.</param>
    /// <param name="offset">From the first weight of the tile, in floats.</param>
    void Take(TLanes gradient, nint offset);
}

/// <summary>Moves the weights along their gradient, <c>W := W - learningRate * dCost/dW</c>.</summary>
/// <param name="weights">The first weight of the tile.</param>
/// <param name="ahead">How many floats further on weights are needed soon; 0 where they are in the cache already.</param>
/// <param name="learningRate">How far to move.</param>
internal readonly unsafe struct DescentSink<TLanes>(float* weights, nint ahead, float learningRate) : IGradientSink<TLanes>
    where TLanes : struct, IVectorLanes<TLanes>
{
    private readonly float* weights = weights;
    private readonly nint ahead = ahead;
    private readonly float learningRate = learningRate;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(TLanes gradient, nint offset)
    {
        if (ahead != 0)
            Prefetch.Read(weights + ahead + offset);
        TLanes.Store(TLanes.FusedMultiplyAdd(TLanes.Broadcast(-learningRate), gradient, TLanes.Load(weights + offset)), weights + offset);
    }
}

/// <summary>Keeps the gradient.</summary>
/// <param name="destination">Where that of the tile's first weight goes.</param>
internal readonly unsafe struct StoreSink<TLanes>(float* destination) : IGradientSink<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    private readonly float* destination = destination;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(TLanes gradient, nint offset) => TLanes.Store(gradient, destination + offset);
}

/// <summary>Vector form of <c>dCost/dW = z^T dCost/ds</c>, summed over the examples and handed on while in registers.</summary>
/// <remarks>It is the mean of a mini-batch where dCost/ds is that of the mini-batch's mean cost.</remarks>
internal static unsafe class DenseUpdateSimd
{
    /// <summary>Rows of W that share each load of dCost/ds.</summary>
    public const int Rows = 4;

    /// <summary>The gradient of <see cref="Rows"/> rows of weights.</summary>
    /// <param name="z">The inputs of these rows, [examples, Rows], <paramref name="inputStride"/> floats between rows.</param>
    /// <param name="inputStride">Floats between the rows of z.</param>
    /// <param name="gradient">dCost/ds, [examples, columns].</param>
    /// <param name="stride">Floats between the rows of dCost/ds.</param>
    /// <param name="examples">Rows of z and of the gradient; the sum runs over them in order.</param>
    /// <param name="weightStride">Floats between the rows of what the sink writes.</param>
    /// <param name="columns">Units, whole vectors.</param>
    /// <param name="sink">Receives the result.</param>
    public static void Reduce<TLanes, TSink>(
        float* z, nint inputStride, float* gradient, nint stride, int examples, nint weightStride, nint columns, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TSink : struct, IGradientSink<TLanes>
    {
        nint widest = TLanes.Registers / 8, j = 0;
        for (; j + widest * TLanes.Count <= columns; j += widest * TLanes.Count)
            if (TLanes.Registers < 32)
                Reduce<TLanes, Count.Two, TSink>(z, inputStride, gradient + j, stride, examples, weightStride, j, sink);
            else
                Reduce<TLanes, Count.Four, TSink>(z, inputStride, gradient + j, stride, examples, weightStride, j, sink);
        switch ((columns - j) / TLanes.Count)
        {
            case 1: Reduce<TLanes, Count.One, TSink>(z, inputStride, gradient + j, stride, examples, weightStride, j, sink); break;
            case 2: Reduce<TLanes, Count.Two, TSink>(z, inputStride, gradient + j, stride, examples, weightStride, j, sink); break;
            case 3: Reduce<TLanes, Count.Three, TSink>(z, inputStride, gradient + j, stride, examples, weightStride, j, sink); break;
        }
    }

    /// <summary>The gradient of <see cref="Rows"/> rows of weights, kept: what probes look at.</summary>
    /// <param name="z">The inputs of these rows, [examples, Rows].</param>
    /// <param name="inputStride">Floats between the rows of z.</param>
    /// <param name="gradient">dCost/ds, [examples, columns].</param>
    /// <param name="stride">Floats between the rows of dCost/ds.</param>
    /// <param name="examples">Rows of z and of the gradient; the sum runs over them in order.</param>
    /// <param name="tileStride">Floats between the rows of the tile.</param>
    /// <param name="columns">Units; rounded up to a whole number of vectors.</param>
    /// <param name="tile">[Rows, columns], every element is overwritten.</param>
    public static void Store<TLanes>(float* z, nint inputStride, float* gradient, nint stride, int examples, nint tileStride, nint columns, float* tile)
        where TLanes : struct, IVectorLanes<TLanes> =>
        Reduce<TLanes, StoreSink<TLanes>>(
            z, inputStride, gradient, stride, examples, tileStride, (columns + TLanes.Count - 1) / TLanes.Count * TLanes.Count, new(tile));

    /// <summary><c>dCost/db</c>: the sum of dCost/ds over the examples, in order.</summary>
    /// <param name="gradient">dCost/ds, [examples, columns].</param>
    /// <param name="stride">Floats between the rows of dCost/ds.</param>
    /// <param name="examples">Rows of the gradient.</param>
    /// <param name="columns">Units, whole vectors.</param>
    /// <param name="sums">[columns], overwritten.</param>
    public static void SumOverExamples<TLanes>(float* gradient, nint stride, int examples, nint columns, float* sums)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (nint j = 0; j < columns; j += TLanes.Count)
        {
            var sum = TLanes.Load(gradient + j);
            for (var b = 1; b < examples; b++)
                sum += TLanes.Load(gradient + b * stride + j);
            TLanes.Store(sum, sums + j);
        }
    }

    // A strip of each row.
    private static void Reduce<TLanes, TWidth, TSink>(
        float* z, nint inputStride, float* gradient, nint stride, int examples, nint weightStride, nint offset, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TSink : struct, IGradientSink<TLanes>
    {
        Strip<TLanes, TWidth> row0 = default, row1 = default, row2 = default, row3 = default;
        for (var b = 0; b < examples; b++)
        {
            var g = Strip<TLanes, TWidth>.Load(gradient, TLanes.Count);
            row0 = row0.Plus(TLanes.Broadcast(z[0]), g);
            row1 = row1.Plus(TLanes.Broadcast(z[1]), g);
            row2 = row2.Plus(TLanes.Broadcast(z[2]), g);
            row3 = row3.Plus(TLanes.Broadcast(z[3]), g);
            z += inputStride;
            gradient += stride;
        }
        row0.HandTo(offset, sink);
        row1.HandTo(weightStride + offset, sink);
        row2.HandTo(2 * weightStride + offset, sink);
        row3.HandTo(3 * weightStride + offset, sink);
    }
}
