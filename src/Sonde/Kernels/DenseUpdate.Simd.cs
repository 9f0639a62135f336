using System.Runtime.CompilerServices;
using Sonde.Numerics;

namespace Sonde.Kernels;

/// <summary>Receives the gradient of a few weights while it is in registers.</summary>
internal unsafe interface IGradientSink<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    /// <summary>Takes dCost/dW of one vector of weights.</summary>
    /// <param name="gradient">Averaged over the mini-batch.</param>
    /// <param name="offset">From the first weight of the tile, in floats.</param>
    void Take(TLanes gradient, nint offset);
}

/// <summary>Moves the weights along their gradient.</summary>
/// <param name="weights">The first weight of the tile.</param>
/// <param name="optimizer">How to move.</param>
internal readonly unsafe struct StepSink<TLanes, TOptimizer>(float* weights, TOptimizer optimizer) : IGradientSink<TLanes>
    where TLanes : struct, IVectorLanes<TLanes> where TOptimizer : struct, IOptimizer
{
    private readonly float* weights = weights;
    private readonly TOptimizer optimizer = optimizer;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Take(TLanes gradient, nint offset) => TLanes.Store(optimizer.Step(TLanes.Load(weights + offset), gradient), weights + offset);
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

/// <summary>Vector form of <c>dCost/dW = mean over examples of z^T dCost/ds</c>, handed on while in registers.</summary>
internal static unsafe class DenseUpdateSimd
{
    /// <summary>Rows of W that share each load of dCost/ds.</summary>
    public const int Rows = 4;

    /// <summary>The gradient of <see cref="Rows"/> rows of weights, in columns of two vectors.</summary>
    /// <param name="z">The inputs of these rows, [examples, Rows], <paramref name="inputStride"/> floats between rows.</param>
    /// <param name="inputStride">Floats between the rows of z.</param>
    /// <param name="gradient">dCost/ds, [examples, columns], <paramref name="stride"/> floats between rows.</param>
    /// <param name="stride">Floats between the rows of the gradient and of the tile.</param>
    /// <param name="examples">Rows of z and of the gradient; the sum runs over them in order, then is divided by their number.</param>
    /// <param name="columns">Units, a multiple of two vectors.</param>
    /// <param name="sink">Receives the result.</param>
    public static void Reduce<TLanes, TSink>(
        float* z, nint inputStride, float* gradient, nint stride, int examples, nint columns, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TSink : struct, IGradientSink<TLanes>
    {
        nint n = TLanes.Count;
        var share = TLanes.Broadcast(1f / examples);
        for (nint j = 0; j < columns; j += 2 * n)
        {
            TLanes a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default;
            float* x = z, g = gradient + j;
            for (var b = 0; b < examples; b++)
            {
                TLanes left = TLanes.Load(g), right = TLanes.Load(g + n);
                var x0 = TLanes.Broadcast(x[0]);
                a0 = TLanes.FusedMultiplyAdd(x0, left, a0);
                b0 = TLanes.FusedMultiplyAdd(x0, right, b0);
                var x1 = TLanes.Broadcast(x[1]);
                a1 = TLanes.FusedMultiplyAdd(x1, left, a1);
                b1 = TLanes.FusedMultiplyAdd(x1, right, b1);
                var x2 = TLanes.Broadcast(x[2]);
                a2 = TLanes.FusedMultiplyAdd(x2, left, a2);
                b2 = TLanes.FusedMultiplyAdd(x2, right, b2);
                var x3 = TLanes.Broadcast(x[3]);
                a3 = TLanes.FusedMultiplyAdd(x3, left, a3);
                b3 = TLanes.FusedMultiplyAdd(x3, right, b3);
                x += inputStride;
                g += stride;
            }
            sink.Take(a0 * share, j);
            sink.Take(b0 * share, j + n);
            sink.Take(a1 * share, stride + j);
            sink.Take(b1 * share, stride + j + n);
            sink.Take(a2 * share, 2 * stride + j);
            sink.Take(b2 * share, 2 * stride + j + n);
            sink.Take(a3 * share, 3 * stride + j);
            sink.Take(b3 * share, 3 * stride + j + n);
        }
    }
}
