using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <c>dCost/dz = dCost/ds W^T</c> and of the step through the activation, on a range of the layer's inputs.</summary>
internal static unsafe class DenseBackwardSimd
{
    /// <summary>dCost/dz of <see cref="DenseUpdateSimd.Rows"/> inputs, over a part of the layer's units.</summary>
    /// <param name="weights">[Rows, columns].</param>
    /// <param name="weightStride">Floats between the rows of the weights.</param>
    /// <param name="gradient">dCost/ds, [examples, columns].</param>
    /// <param name="stride">Floats between the rows of the gradient.</param>
    /// <param name="examples">Rows of the gradient.</param>
    /// <param name="columns">Units, whole vectors.</param>
    /// <param name="inputStride">Floats between the rows of the result.</param>
    /// <param name="add">False to overwrite the result, true to add to it.</param>
    /// <param name="inputGradient">[examples, Rows].</param>
    public static void Propagate<TLanes>(
        float* weights, nint weightStride, float* gradient, nint stride, int examples, nint columns, nint inputStride, bool add, float* inputGradient)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        if (TLanes.Registers < 32)
        {
            Dot<TLanes, Count.Two>(weights, weightStride, gradient, stride, examples, columns, inputStride, add, inputGradient);
            Dot<TLanes, Count.Two>(weights + 2 * weightStride, weightStride, gradient, stride, examples, columns, inputStride, add, inputGradient + 2);
        }
        else
            Dot<TLanes, Count.Four>(weights, weightStride, gradient, stride, examples, columns, inputStride, add, inputGradient);
    }

    /// <summary><c>dCost/ds = dCost/dz f'(s)</c>, in place, for a range of units.</summary>
    /// <param name="s">[examples, columns].</param>
    /// <param name="z">[examples, columns], f(s).</param>
    /// <param name="examples">Rows.</param>
    /// <param name="columns">Units; rounded up to a whole number of vectors.</param>
    /// <param name="stride">Floats between rows.</param>
    /// <param name="gradient">[examples, columns], dCost/dz on entry, dCost/ds on return.</param>
    public static void Differentiate<TLanes, TActivation>(float* s, float* z, int examples, int columns, nint stride, float* gradient)
        where TLanes : struct, IVectorLanes<TLanes> where TActivation : struct, IActivation
    {
        for (var b = 0; b < examples; b++)
            for (var j = b * stride; j < b * stride + columns; j += TLanes.Count)
                TLanes.Store(TLanes.Load(gradient + j) * TActivation.Derivative(TLanes.Load(s + j), TLanes.Load(z + j)), gradient + j);
    }

    private static void Dot<TLanes, TRows>(
        float* weights, nint weightStride, float* gradient, nint stride, int examples, nint columns, nint inputStride, bool add, float* inputGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TRows : struct, ICount
    {
        var b = 0;
        // The rows of the next tile, asked for once: the processor's own prefetchers do not follow from row to row.
        var ahead = DenseUpdateSimd.Rows * weightStride;
        for (; b + 5 <= examples; b += 5)
            Dot<TLanes, TRows, Count.Five>(
                weights, weightStride, gradient + b * stride, stride, columns,
                b + 10 > examples ? ahead : 0, inputStride, add, inputGradient + b * inputStride);
        float* from = gradient + b * stride, to = inputGradient + b * inputStride;
        switch (examples - b)
        {
            case 1: Dot<TLanes, TRows, Count.One>(weights, weightStride, from, stride, columns, b > 0 ? 0 : ahead, inputStride, add, to); break;
            case 2: Dot<TLanes, TRows, Count.Two>(weights, weightStride, from, stride, columns, b > 0 ? 0 : ahead, inputStride, add, to); break;
            case 3: Dot<TLanes, TRows, Count.Three>(weights, weightStride, from, stride, columns, b > 0 ? 0 : ahead, inputStride, add, to); break;
            case 4: Dot<TLanes, TRows, Count.Four>(weights, weightStride, from, stride, columns, b > 0 ? 0 : ahead, inputStride, add, to); break;
        }
    }

    // For each of up to five examples a strip whose vectors belong to the rows. Lane k sums the units k, k + Count, ... ; the lanes are added at
    // the end, in the order that IVectorLanes.Sum states.
    private static void Dot<TLanes, TRows, TExamples>(
        float* weights, nint weightStride, float* gradient, nint stride, nint columns, nint ahead, nint inputStride, bool add, float* inputGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TRows : struct, ICount where TExamples : struct, ICount
    {
        float* g1 = gradient + stride, g2 = gradient + 2 * stride, g3 = gradient + 3 * stride, g4 = gradient + 4 * stride;
        Strip<TLanes, TRows> sum0 = default, sum1 = default, sum2 = default, sum3 = default, sum4 = default;
        for (nint j = 0; j < columns; j += TLanes.Count)
        {
            var w = Strip<TLanes, TRows>.Load(weights + j, weightStride);
            if (ahead != 0)
                Strip<TLanes, TRows>.Prefetch(weights + ahead + j, weightStride);
            sum0 = sum0.Plus(TLanes.Load(gradient + j), w);
            if (TExamples.Value > 1)
                sum1 = sum1.Plus(TLanes.Load(g1 + j), w);
            if (TExamples.Value > 2)
                sum2 = sum2.Plus(TLanes.Load(g2 + j), w);
            if (TExamples.Value > 3)
                sum3 = sum3.Plus(TLanes.Load(g3 + j), w);
            if (TExamples.Value > 4)
                sum4 = sum4.Plus(TLanes.Load(g4 + j), w);
        }
        sum0.StoreSums(add, inputGradient);
        if (TExamples.Value > 1)
            sum1.StoreSums(add, inputGradient + inputStride);
        if (TExamples.Value > 2)
            sum2.StoreSums(add, inputGradient + 2 * inputStride);
        if (TExamples.Value > 3)
            sum3.StoreSums(add, inputGradient + 3 * inputStride);
        if (TExamples.Value > 4)
            sum4.StoreSums(add, inputGradient + 4 * inputStride);
    }
}
