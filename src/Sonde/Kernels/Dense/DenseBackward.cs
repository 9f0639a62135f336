using System.Numerics;

namespace Sonde.Kernels.Dense;

/// <summary>A dense layer backwards: the plain form, to be checked by hand.</summary>
public static class DenseBackward
{
    /// <summary><c>dCost/dz[n, l] = sum_k W[l, k] dCost/ds[n, k]</c>; times f'(s) this is eq. 2 of [Glorot2010].</summary>
    /// <param name="sGradient">[batch, outputs], dCost/ds of this layer.</param>
    /// <param name="weights">[inputs, outputs], row major.</param>
    /// <param name="inputs">Fan-in.</param>
    /// <param name="outputs">Fan-out.</param>
    /// <param name="zGradient">[batch, inputs], receives dCost/dz of the layer's input.</param>
    public static void InputGradient<T>(ReadOnlySpan<T> sGradient, ReadOnlySpan<T> weights, int inputs, int outputs, Span<T> zGradient)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (var n = 0; n < zGradient.Length / inputs; n++)
            for (var l = 0; l < inputs; l++)
            {
                var sum = T.Zero;
                for (var k = 0; k < outputs; k++)
                    sum += weights[l * outputs + k] * sGradient[n * outputs + k];
                zGradient[n * inputs + l] = sum;
            }
    }

    /// <summary><c>dCost/dW[l, k] = mean over n of z[n, l] dCost/ds[n, k]</c>. Source: [Glorot2010], eq. 3, averaged over the mini-batch (section
    /// 2.3).</summary>
    /// <param name="z">[batch, inputs], the layer's input.</param>
    /// <param name="sGradient">[batch, outputs], dCost/ds of each example's cost.</param>
    /// <param name="inputs">Fan-in.</param>
    /// <param name="outputs">Fan-out.</param>
    /// <param name="weightGradient">[inputs, outputs], receives the mean.</param>
    /// <param name="biasGradient">[outputs], receives the mean of dCost/ds.</param>
    public static void ParameterGradient<T>(
        ReadOnlySpan<T> z, ReadOnlySpan<T> sGradient, int inputs, int outputs, Span<T> weightGradient, Span<T> biasGradient)
        where T : struct, IFloatingPointIeee754<T>
    {
        var batch = sGradient.Length / outputs;
        var count = T.CreateChecked(batch);
        for (var k = 0; k < outputs; k++)
        {
            var sum = T.Zero;
            for (var n = 0; n < batch; n++)
                sum += sGradient[n * outputs + k];
            biasGradient[k] = sum / count;
            for (var l = 0; l < inputs; l++)
            {
                sum = T.Zero;
                for (var n = 0; n < batch; n++)
                    sum += z[n * inputs + l] * sGradient[n * outputs + k];
                weightGradient[l * outputs + k] = sum / count;
            }
        }
    }
}
