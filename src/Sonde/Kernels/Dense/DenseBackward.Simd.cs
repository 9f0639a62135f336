using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <see cref="DenseBackward"/>: <c>dCost/dz = dCost/ds W^T</c>, then times f'(s), on a range of the layer's inputs.</summary>
/// <remarks>Sizes and names: see the legend of <see cref="DenseForward"/>.</remarks>
internal static unsafe class DenseBackwardSimd
{
    /// <summary>Computes dCost/dz of <see cref="DenseUpdateSimd.Rows"/> inputs, summed over a part of the layer's outputs.</summary>
    /// <param name="weights">[Rows, outputs].</param>
    /// <param name="weightStride">Floats between the rows of the weights.</param>
    /// <param name="sGradient">dCost/ds, [batch, outputs].</param>
    /// <param name="sStride">Floats between the rows of dCost/ds.</param>
    /// <param name="batch">Rows of dCost/ds.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="zStride">Floats between the rows of the result.</param>
    /// <param name="add">False to overwrite the result, true to add to it.</param>
    /// <param name="zGradient">[batch, Rows].</param>
    public static void Propagate<TLanes>(
        float* weights, nint weightStride, float* sGradient, nint sStride, int batch, nint outputs, nint zStride, bool add, float* zGradient)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        if (TLanes.Registers < 32)
        {
            Dot<TLanes, Count.Two>(weights, weightStride, sGradient, sStride, batch, outputs, zStride, add, zGradient);
            Dot<TLanes, Count.Two>(weights + 2 * weightStride, weightStride, sGradient, sStride, batch, outputs, zStride, add, zGradient + 2);
        }
        else
            Dot<TLanes, Count.Four>(weights, weightStride, sGradient, sStride, batch, outputs, zStride, add, zGradient);
    }

    /// <summary>Computes <c>dCost/ds = dCost/dz f'(s)</c>, in place, for a range of outputs.</summary>
    /// <param name="s">[batch, outputs].</param>
    /// <param name="z">[batch, outputs], f(s).</param>
    /// <param name="batch">Rows.</param>
    /// <param name="outputs">Units; rounded up to a multiple of the vector width.</param>
    /// <param name="sStride">Floats between rows.</param>
    /// <param name="sGradient">[batch, outputs], dCost/dz on entry, dCost/ds on return.</param>
    public static void Differentiate<TLanes, TActivation>(float* s, float* z, int batch, int outputs, nint sStride, float* sGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TActivation : struct, IActivation
    {
        for (var n = 0; n < batch; n++)
            for (var k = n * sStride; k < n * sStride + outputs; k += TLanes.Count)
                TLanes.Store(TLanes.Load(sGradient + k) * TActivation.Derivative(TLanes.Load(s + k), TLanes.Load(z + k)), sGradient + k);
    }

    private static void Dot<TLanes, TRows>(
        float* weights, nint weightStride, float* sGradient, nint sStride, int batch, nint outputs, nint zStride, bool add, float* zGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TRows : struct, ICount
    {
        var n = 0;
        // The rows of the next tile, asked for once: the processor's own prefetchers do not follow from row to row.
        var ahead = DenseUpdateSimd.Rows * weightStride;
        for (; n + 5 <= batch; n += 5)
            Dot<TLanes, TRows, Count.Five>(
                weights, weightStride, sGradient + n * sStride, sStride, outputs,
                n + 10 > batch ? ahead : 0, zStride, add, zGradient + n * zStride);
        float* from = sGradient + n * sStride, to = zGradient + n * zStride;
        switch (batch - n)
        {
            case 1: Dot<TLanes, TRows, Count.One>(weights, weightStride, from, sStride, outputs, n > 0 ? 0 : ahead, zStride, add, to); break;
            case 2: Dot<TLanes, TRows, Count.Two>(weights, weightStride, from, sStride, outputs, n > 0 ? 0 : ahead, zStride, add, to); break;
            case 3: Dot<TLanes, TRows, Count.Three>(weights, weightStride, from, sStride, outputs, n > 0 ? 0 : ahead, zStride, add, to); break;
            case 4: Dot<TLanes, TRows, Count.Four>(weights, weightStride, from, sStride, outputs, n > 0 ? 0 : ahead, zStride, add, to); break;
        }
    }

    // Forwards: s[n, k] += z[n, l] W[l, k]. Here, for each of up to five examples, a strip with one vector per row l. Lane j sums the outputs j,
    // j + Count, and so on; the lanes are added at the end, in the order that IVectorLanes.Sum states.
    private static void Dot<TLanes, TRows, TExamples>(
        float* weights, nint weightStride, float* sGradient, nint sStride, nint outputs, nint ahead, nint zStride, bool add, float* zGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TRows : struct, ICount where TExamples : struct, ICount
    {
        float* g1 = sGradient + sStride, g2 = sGradient + 2 * sStride, g3 = sGradient + 3 * sStride, g4 = sGradient + 4 * sStride;
        Strip<TLanes, TRows> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default;
        for (nint k = 0; k < outputs; k += TLanes.Count)
        {
            var w = Strip<TLanes, TRows>.Load(weights + k, weightStride);
            if (ahead != 0)
                Strip<TLanes, TRows>.Prefetch(weights + ahead + k, weightStride);
            sum0 = sum0.Plus(TLanes.Load(sGradient + k), w);
            if (TExamples.Value > 1)
                sum1 = sum1.Plus(TLanes.Load(g1 + k), w);
            if (TExamples.Value > 2)
                sum2 = sum2.Plus(TLanes.Load(g2 + k), w);
            if (TExamples.Value > 3)
                sum3 = sum3.Plus(TLanes.Load(g3 + k), w);
            if (TExamples.Value > 4)
                sum4 = sum4.Plus(TLanes.Load(g4 + k), w);
        }
        sum0.StoreSums(add, zGradient);
        if (TExamples.Value > 1)
            sum1.StoreSums(add, zGradient + zStride);
        if (TExamples.Value > 2)
            sum2.StoreSums(add, zGradient + 2 * zStride);
        if (TExamples.Value > 3)
            sum3.StoreSums(add, zGradient + 3 * zStride);
        if (TExamples.Value > 4)
            sum4.StoreSums(add, zGradient + 4 * zStride);
    }
}
