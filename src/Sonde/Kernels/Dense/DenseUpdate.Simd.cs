using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <see cref="DenseUpdate"/>: <c>dCost/dW = z^T dCost/ds</c>, summed over the examples and handed to a sink in registers.</summary>
/// <remarks>Sizes and names: see the legend of <see cref="DenseForward"/>. The plain form divides by the batch; here dCost/ds is already that of the
/// mini-batch's mean cost, so the sum is the mean.</remarks>
internal static unsafe class DenseUpdateSimd
{
    /// <summary>Rows of W that share each load of dCost/ds.</summary>
    public const int Rows = 4;

    /// <summary>Computes the gradient of <see cref="Rows"/> rows of weights.</summary>
    /// <param name="z">The inputs of these rows, [batch, Rows], <paramref name="zStride"/> floats between rows.</param>
    /// <param name="zStride">Floats between the rows of z.</param>
    /// <param name="sGradient">dCost/ds, [batch, outputs].</param>
    /// <param name="sStride">Floats between the rows of dCost/ds.</param>
    /// <param name="batch">Rows of z and of dCost/ds; the sum runs over them in order.</param>
    /// <param name="weightStride">Floats between the rows of what the sink writes.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="sink">Receives the result.</param>
    public static void WeightGradient<TLanes, TSink>(
        float* z, nint zStride, float* sGradient, nint sStride, int batch, nint weightStride, nint outputs, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TSink : struct, IGradientSink<TLanes>
    {
        nint widest = TLanes.Registers / 8, k = 0;
        for (; k + widest * TLanes.Count <= outputs; k += widest * TLanes.Count)
            if (TLanes.Registers < 32)
                WeightGradient<TLanes, Count.Two, TSink>(z, zStride, sGradient + k, sStride, batch, weightStride, k, sink);
            else
                WeightGradient<TLanes, Count.Four, TSink>(z, zStride, sGradient + k, sStride, batch, weightStride, k, sink);
        switch ((outputs - k) / TLanes.Count)
        {
            case 1: WeightGradient<TLanes, Count.One, TSink>(z, zStride, sGradient + k, sStride, batch, weightStride, k, sink); break;
            case 2: WeightGradient<TLanes, Count.Two, TSink>(z, zStride, sGradient + k, sStride, batch, weightStride, k, sink); break;
            case 3: WeightGradient<TLanes, Count.Three, TSink>(z, zStride, sGradient + k, sStride, batch, weightStride, k, sink); break;
        }
    }

    /// <summary>Computes the gradient of <see cref="Rows"/> rows of weights and stores it, for probes.</summary>
    /// <param name="z">The inputs of these rows, [batch, Rows].</param>
    /// <param name="zStride">Floats between the rows of z.</param>
    /// <param name="sGradient">dCost/ds, [batch, outputs].</param>
    /// <param name="sStride">Floats between the rows of dCost/ds.</param>
    /// <param name="batch">Rows of z and of dCost/ds; the sum runs over them in order.</param>
    /// <param name="tileStride">Floats between the rows of the tile.</param>
    /// <param name="outputs">Units; rounded up to a multiple of the vector width.</param>
    /// <param name="tile">[Rows, outputs], every element is overwritten.</param>
    public static void StoreWeightGradient<TLanes>(
        float* z, nint zStride, float* sGradient, nint sStride, int batch, nint tileStride, nint outputs, float* tile)
        where TLanes : struct, IVectorLanes<TLanes> =>
        WeightGradient<TLanes, StoreSink<TLanes>>(
            z, zStride, sGradient, sStride, batch, tileStride, (outputs + TLanes.Count - 1) / TLanes.Count * TLanes.Count, new(tile));

    /// <summary>Computes <c>dCost/db</c>, the sum of dCost/ds over the examples, in order.</summary>
    /// <param name="sGradient">dCost/ds, [batch, outputs].</param>
    /// <param name="sStride">Floats between the rows of dCost/ds.</param>
    /// <param name="batch">Rows of dCost/ds.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="sums">[outputs], overwritten.</param>
    public static void BiasGradient<TLanes>(float* sGradient, nint sStride, int batch, nint outputs, float* sums)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (nint k = 0; k < outputs; k += TLanes.Count)
        {
            var sum = TLanes.Load(sGradient + k);
            for (var n = 1; n < batch; n++)
                sum += TLanes.Load(sGradient + n * sStride + k);
            TLanes.Store(sum, sums + k);
        }
    }

    // A strip of each row. Forwards: s[n, k] += z[n, l] W[l, k].
    private static void WeightGradient<TLanes, TWidth, TSink>(
        float* z, nint zStride, float* sGradient, nint sStride, int batch, nint weightStride, nint offset, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TSink : struct, IGradientSink<TLanes>
    {
        Strip<TLanes, TWidth> row0 = default, row1 = default, row2 = default, row3 = default;
        for (var n = 0; n < batch; n++)
        {
            var g = Strip<TLanes, TWidth>.Load(sGradient, TLanes.Count);
            row0 = row0.Plus(TLanes.Broadcast(z[0]), g);
            row1 = row1.Plus(TLanes.Broadcast(z[1]), g);
            row2 = row2.Plus(TLanes.Broadcast(z[2]), g);
            row3 = row3.Plus(TLanes.Broadcast(z[3]), g);
            z += zStride;
            sGradient += sStride;
        }
        row0.HandTo(offset, sink);
        row1.HandTo(weightStride + offset, sink);
        row2.HandTo(2 * weightStride + offset, sink);
        row3.HandTo(3 * weightStride + offset, sink);
    }
}
