using System.Numerics;

namespace Sonde.Interop.Recordings;

/// <summary>Computes dLoss/dW of a dense layer from what it sees and dLoss/ds, so that a recording need not hold it.</summary>
internal static class GradientProduct
{
    /// <summary>Computes <c>dLoss/dW[k, l] = sum_n dLoss/ds[n, k] z[n, l]</c>, summed in the order of n.</summary>
    /// <param name="gradient">dLoss/ds, [rows, units], of all examples over which the loss is taken.</param>
    /// <param name="input">z, [rows, inputs].</param>
    /// <param name="units">Units.</param>
    /// <param name="inputs">Inputs of each.</param>
    /// <returns>[units, inputs].</returns>
    public static float[] Of(ReadOnlySpan<float> gradient, ReadOnlySpan<float> input, int units, int inputs)
    {
        var product = new float[(long)units * inputs];
        for (var k = 0; k < units; k++)
        {
            var sums = product.AsSpan(k * inputs, inputs);
            for (var n = 0; n < gradient.Length / units; n++)
                Add(gradient[n * units + k], input.Slice(n * inputs, inputs), sums);
        }
        return product;
    }

    private static void Add(float factor, ReadOnlySpan<float> values, Span<float> sums)
    {
        var l = 0;
        for (; l <= sums.Length - Vector<float>.Count; l += Vector<float>.Count)
            (new Vector<float>(sums[l..]) + factor * new Vector<float>(values[l..])).CopyTo(sums[l..]);
        for (; l < sums.Length; l++)
            sums[l] += factor * values[l];
    }
}
