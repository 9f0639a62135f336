using System.Runtime.CompilerServices;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <see cref="DenseBackward"/>: <c>dCost/dz = dCost/ds W^T</c>, then times f'(s), on a range of the layer's inputs.</summary>
/// <remarks>Sizes and names: see the legend of <see cref="DenseForward"/>.</remarks>
internal static unsafe class DenseBackwardSimd
{
    /// <summary>The most examples whose sums are in registers at once.</summary>
    private const int ExamplesAtOnce = 6;

    /// <summary>Computes dCost/dz of some inputs, summed over a part of the layer's outputs.</summary>
    /// <param name="weights">[rows, outputs].</param>
    /// <param name="weightStride">Floats between the rows of the weights.</param>
    /// <param name="rows">Inputs, a multiple of <see cref="DenseUpdateSimd.Rows"/>. All of them pass by a few examples before the next examples.</param>
    /// <param name="sGradient">dCost/ds, [batch, outputs].</param>
    /// <param name="sStride">Floats between the rows of dCost/ds.</param>
    /// <param name="batch">Rows of dCost/ds.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="ahead">Floats from these weights to those that are needed next, so that they are fetched in time; 0 to fetch none.</param>
    /// <param name="zStride">Floats between the rows of the result.</param>
    /// <param name="add">False to overwrite the result, true to add to it.</param>
    /// <param name="zGradient">[batch, rows].</param>
    public static void Propagate<TLanes>(
        float* weights, nint weightStride, int rows, float* sGradient, nint sStride, int batch, nint outputs, nint ahead, nint zStride, bool add,
        float* zGradient)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        if (TLanes.Registers < 32)
            Propagate<TLanes, Count.Two>(weights, weightStride, rows, sGradient, sStride, batch, outputs, ahead, zStride, add, zGradient);
        else
            Propagate<TLanes, Count.Four>(weights, weightStride, rows, sGradient, sStride, batch, outputs, ahead, zStride, add, zGradient);
    }

    /// <summary>Computes <c>dCost/ds = dCost/dz f'(s)</c>, in place, for a range of outputs.</summary>
    /// <param name="s">[batch, outputs].</param>
    /// <param name="z">[batch, outputs], f(s).</param>
    /// <param name="batch">Rows.</param>
    /// <param name="outputs">Units; rounded up to a multiple of the vector width.</param>
    /// <param name="sStride">Floats between rows.</param>
    /// <param name="sGradient">[batch, outputs], dCost/dz on entry, dCost/ds on return.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Differentiate<TLanes, TActivation>(float* s, float* z, int batch, int outputs, nint sStride, float* sGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TActivation : struct, IActivation
    {
        for (var n = 0; n < batch; n++)
            for (var k = n * sStride; k < n * sStride + outputs; k += TLanes.Count)
                TLanes.Store(TLanes.Load(sGradient + k) * TActivation.Derivative(TLanes.Load(s + k), TLanes.Load(z + k)), sGradient + k);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Propagate<TLanes, TRows>(
        float* weights, nint weightStride, int rows, float* sGradient, nint sStride, int batch, nint outputs, nint ahead, nint zStride, bool add,
        float* zGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TRows : struct, ICount
    {
        var groups = (batch - 1) / ExamplesAtOnce + 1;
        for (var group = 0; group < groups; group++)
        {
            int n = batch * group / groups, examples = batch * (group + 1) / groups - n;
            float* from = sGradient + n * sStride, to = zGradient + n * zStride;
            // Two groups fetch a half each, so that the cache has more time; of more, the first fetches. The processor's own prefetchers do not follow from row
            // to row.
            if (groups == 2)
                Dot<TLanes, TRows, Count.One>(
                    examples, weights, weightStride, rows, from, sStride, outputs, ahead + group * TRows.Value / 2 * weightStride, zStride, add, to);
            else if (group > 0)
                Dot<TLanes, TRows, Count.Zero>(examples, weights, weightStride, rows, from, sStride, outputs, 0, zStride, add, to);
            else
                Dot<TLanes, TRows, Count.Two>(examples, weights, weightStride, rows, from, sStride, outputs, ahead, zStride, add, to);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Dot<TLanes, TRows, TFetches>(
        int examples, float* w, nint weightStride, int rows, float* gradient, nint sStride, nint outputs, nint ahead, nint zStride, bool add, float* to)
        where TLanes : struct, IVectorLanes<TLanes> where TRows : struct, ICount where TFetches : struct, ICount
    {
        switch (examples)
        {
            case 1: Dot<TLanes, TRows, Count.One, TFetches>(w, weightStride, rows, gradient, sStride, outputs, ahead, zStride, add, to); break;
            case 2: Dot<TLanes, TRows, Count.Two, TFetches>(w, weightStride, rows, gradient, sStride, outputs, ahead, zStride, add, to); break;
            case 3: Dot<TLanes, TRows, Count.Three, TFetches>(w, weightStride, rows, gradient, sStride, outputs, ahead, zStride, add, to); break;
            case 4: Dot<TLanes, TRows, Count.Four, TFetches>(w, weightStride, rows, gradient, sStride, outputs, ahead, zStride, add, to); break;
            case 5: Dot<TLanes, TRows, Count.Five, TFetches>(w, weightStride, rows, gradient, sStride, outputs, ahead, zStride, add, to); break;
            default: Dot<TLanes, TRows, Count.Six, TFetches>(w, weightStride, rows, gradient, sStride, outputs, ahead, zStride, add, to); break;
        }
    }

    // Forwards: s[n, k] += z[n, l] W[l, k]. Here, for each of up to six examples, a strip with one vector per row l. Lane j sums the outputs j,
    // j + Count, and so on; the lanes are added at the end, in the order that IVectorLanes.Sum states.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Dot<TLanes, TRows, TExamples, TFetches>(
        float* weights, nint weightStride, int rows, float* sGradient, nint sStride, nint outputs, nint ahead, nint zStride, bool add, float* zGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TRows : struct, ICount where TExamples : struct, ICount where TFetches : struct, ICount
    {
        float* g1 = sGradient + sStride, g2 = sGradient + 2 * sStride, g3 = sGradient + 3 * sStride, g4 = sGradient + 4 * sStride,
            g5 = sGradient + 5 * sStride;
        for (; rows > 0; rows -= TRows.Value, weights += TRows.Value * weightStride, zGradient += TRows.Value)
        {
            Strip<TLanes, TRows> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default, sum5 = default;
            nint k = 0;
            for (; TLanes.Count < Prefetch.FloatsPerLine && k <= outputs - 2 * TLanes.Count; k += 2 * TLanes.Count)
            {
                var w = Strip<TLanes, TRows>.Load(weights + k, weightStride);
                Fetch<TLanes, TRows, TFetches>(
                    weights + ahead + k, weightStride, isLine: 2 * TLanes.Count >= Prefetch.FloatsPerLine || k % Prefetch.FloatsPerLine == 0);
                sum0.Add(TLanes.Load(sGradient + k), w);
                if (TExamples.Value > 1)
                    sum1.Add(TLanes.Load(g1 + k), w);
                if (TExamples.Value > 2)
                    sum2.Add(TLanes.Load(g2 + k), w);
                if (TExamples.Value > 3)
                    sum3.Add(TLanes.Load(g3 + k), w);
                if (TExamples.Value > 4)
                    sum4.Add(TLanes.Load(g4 + k), w);
                if (TExamples.Value > 5)
                    sum5.Add(TLanes.Load(g5 + k), w);
                w = Strip<TLanes, TRows>.Load(weights + k + TLanes.Count, weightStride);
                sum0.Add(TLanes.Load(sGradient + k + TLanes.Count), w);
                if (TExamples.Value > 1)
                    sum1.Add(TLanes.Load(g1 + k + TLanes.Count), w);
                if (TExamples.Value > 2)
                    sum2.Add(TLanes.Load(g2 + k + TLanes.Count), w);
                if (TExamples.Value > 3)
                    sum3.Add(TLanes.Load(g3 + k + TLanes.Count), w);
                if (TExamples.Value > 4)
                    sum4.Add(TLanes.Load(g4 + k + TLanes.Count), w);
                if (TExamples.Value > 5)
                    sum5.Add(TLanes.Load(g5 + k + TLanes.Count), w);
            }
            for (; k < outputs; k += TLanes.Count)
            {
                var w = Strip<TLanes, TRows>.Load(weights + k, weightStride);
                Fetch<TLanes, TRows, TFetches>(weights + ahead + k, weightStride, isLine: true);
                sum0.Add(TLanes.Load(sGradient + k), w);
                if (TExamples.Value > 1)
                    sum1.Add(TLanes.Load(g1 + k), w);
                if (TExamples.Value > 2)
                    sum2.Add(TLanes.Load(g2 + k), w);
                if (TExamples.Value > 3)
                    sum3.Add(TLanes.Load(g3 + k), w);
                if (TExamples.Value > 4)
                    sum4.Add(TLanes.Load(g4 + k), w);
                if (TExamples.Value > 5)
                    sum5.Add(TLanes.Load(g5 + k), w);
            }
            if (TExamples.Value == 1)
                sum0.StoreSums(add, zGradient);
            if (TExamples.Value > 1)
                sum0.StoreSums(sum1, zStride, add, zGradient);
            if (TExamples.Value == 3)
                sum2.StoreSums(add, zGradient + 2 * zStride);
            if (TExamples.Value > 3)
                sum2.StoreSums(sum3, zStride, add, zGradient + 2 * zStride);
            if (TExamples.Value == 5)
                sum4.StoreSums(add, zGradient + 4 * zStride);
            if (TExamples.Value > 5)
                sum4.StoreSums(sum5, zStride, add, zGradient + 4 * zStride);
        }
    }

    // TFetches 1 fetches half of the rows and 2 all of them, into the second level: where many rows pass by at once, the first has no room for them. Once
    // for each cache line: a load and a hint compete for the same units.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<TLanes, TRows, TFetches>(float* weights, nint weightStride, bool isLine)
        where TLanes : struct, IVectorLanes<TLanes> where TRows : struct, ICount where TFetches : struct, ICount
    {
        if (!isLine || TFetches.Value == 0)
            return;
        Prefetch.Later(weights);
        if (TRows.Value * TFetches.Value > 2)
            Prefetch.Later(weights + weightStride);
        if (TRows.Value * TFetches.Value > 4)
        {
            Prefetch.Later(weights + 2 * weightStride);
            Prefetch.Later(weights + 3 * weightStride);
        }
    }
}
