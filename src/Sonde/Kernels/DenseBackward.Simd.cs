using System.Runtime.CompilerServices;
using Sonde.Numerics;

namespace Sonde.Kernels;

/// <summary>Vector form of <c>dCost/dz = dCost/ds W^T</c> and of the step through the activation, on a range of the layer's inputs.</summary>
internal static unsafe class DenseBackwardSimd
{
    /// <summary>dCost/dz of two inputs, over a part of the layer's units.</summary>
    /// <param name="weights">[2, columns], <paramref name="stride"/> floats between rows.</param>
    /// <param name="gradient">dCost/ds, [examples, columns], <paramref name="stride"/> floats between rows.</param>
    /// <param name="stride">Floats between the rows of weights and gradient.</param>
    /// <param name="examples">Rows of the gradient.</param>
    /// <param name="columns">Units, a multiple of a vector.</param>
    /// <param name="inputStride">Floats between the rows of the result.</param>
    /// <param name="add">False to overwrite the result, true to add to it.</param>
    /// <param name="inputGradient">[examples, 2].</param>
    public static void Propagate<TLanes>(
        float* weights, float* gradient, nint stride, int examples, nint columns, nint inputStride, bool add, float* inputGradient)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        var b = 0;
        for (; b + ExampleCount.Largest <= examples; b += ExampleCount.Largest)
            Dot<TLanes, ExampleCount.Five>(weights, gradient + b * stride, stride, columns, inputStride, add, inputGradient + b * inputStride);
        float* from = gradient + b * stride, to = inputGradient + b * inputStride;
        switch (examples - b)
        {
            case 1: Dot<TLanes, ExampleCount.One>(weights, from, stride, columns, inputStride, add, to); break;
            case 2: Dot<TLanes, ExampleCount.Two>(weights, from, stride, columns, inputStride, add, to); break;
            case 3: Dot<TLanes, ExampleCount.Three>(weights, from, stride, columns, inputStride, add, to); break;
            case 4: Dot<TLanes, ExampleCount.Four>(weights, from, stride, columns, inputStride, add, to); break;
        }
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

    // Lane k sums the units k, k + Count, ... ; the lanes are added at the end, in the order that IVectorLanes.Sum states.
    private static void Dot<TLanes, TExamples>(
        float* weights, float* gradient, nint stride, nint columns, nint inputStride, bool add, float* inputGradient)
        where TLanes : struct, IVectorLanes<TLanes> where TExamples : struct, IExampleCount
    {
        var lower = weights + stride;
        float* g1 = gradient + stride, g2 = gradient + 2 * stride, g3 = gradient + 3 * stride, g4 = gradient + 4 * stride;
        TLanes a0 = default, b0 = default, a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default, a4 = default, b4 = default;
        for (nint j = 0; j < columns; j += TLanes.Count)
        {
            TLanes upperWeights = TLanes.Load(weights + j), lowerWeights = TLanes.Load(lower + j);
            var g = TLanes.Load(gradient + j);
            a0 = TLanes.FusedMultiplyAdd(g, upperWeights, a0);
            b0 = TLanes.FusedMultiplyAdd(g, lowerWeights, b0);
            if (TExamples.Value > 1)
            {
                g = TLanes.Load(g1 + j);
                a1 = TLanes.FusedMultiplyAdd(g, upperWeights, a1);
                b1 = TLanes.FusedMultiplyAdd(g, lowerWeights, b1);
            }
            if (TExamples.Value > 2)
            {
                g = TLanes.Load(g2 + j);
                a2 = TLanes.FusedMultiplyAdd(g, upperWeights, a2);
                b2 = TLanes.FusedMultiplyAdd(g, lowerWeights, b2);
            }
            if (TExamples.Value > 3)
            {
                g = TLanes.Load(g3 + j);
                a3 = TLanes.FusedMultiplyAdd(g, upperWeights, a3);
                b3 = TLanes.FusedMultiplyAdd(g, lowerWeights, b3);
            }
            if (TExamples.Value > 4)
            {
                g = TLanes.Load(g4 + j);
                a4 = TLanes.FusedMultiplyAdd(g, upperWeights, a4);
                b4 = TLanes.FusedMultiplyAdd(g, lowerWeights, b4);
            }
        }
        SumPair(a0, b0, add, inputGradient);
        if (TExamples.Value > 1)
            SumPair(a1, b1, add, inputGradient + inputStride);
        if (TExamples.Value > 2)
            SumPair(a2, b2, add, inputGradient + 2 * inputStride);
        if (TExamples.Value > 3)
            SumPair(a3, b3, add, inputGradient + 3 * inputStride);
        if (TExamples.Value > 4)
            SumPair(a4, b4, add, inputGradient + 4 * inputStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumPair<TLanes>(TLanes upper, TLanes lower, bool add, float* destination) where TLanes : struct, IVectorLanes<TLanes>
    {
        var (first, second) = (TLanes.Sum(upper), TLanes.Sum(lower));
        destination[0] = add ? destination[0] + first : first;
        destination[1] = add ? destination[1] + second : second;
    }
}
