using System.Numerics;

namespace Sonde.Kernels.Dense;

/// <summary>The gradients of a dense layer's parameters, averaged over the mini-batch: the plain form, to be checked by hand.</summary>
/// <remarks>Sizes and names: see the legend of <see cref="DenseForward"/>.</remarks>
internal static class DenseUpdate
{
    /// <summary>Computes <c>dCost/dW[l, k] = mean over n of z[n, l] dCost/ds[n, k]</c>, summed in the order of n.</summary>
    /// <param name="z">[batch, inputs].</param>
    /// <param name="sGradient">[batch, outputs], dCost/ds of each example's cost.</param>
    /// <param name="inputs">Fan-in.</param>
    /// <param name="outputs">Fan-out.</param>
    /// <param name="weightGradient">[inputs, outputs], every element is overwritten.</param>
    /// <remarks>Source: [Glorot2010], eq. 3, averaged over the mini-batch (section 2.3).</remarks>
    public static void WeightGradient<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> sGradient, int inputs, int outputs, Span<T> weightGradient)
        where T : struct, IFloatingPointIeee754<T>
    {
        // Forwards: sum += z[n * inputs + l] * weights[l * outputs + k], into s[n * outputs + k].
        var batch = sGradient.Length / outputs;
        for (var l = 0; l < inputs; l++)
            for (var k = 0; k < outputs; k++)
            {
                var sum = T.Zero;
                for (var n = 0; n < batch; n++)
                    sum += z[n * inputs + l] * sGradient[n * outputs + k];
                weightGradient[l * outputs + k] = sum / T.CreateChecked(batch);
            }
    }

    /// <summary>Computes <c>dCost/db[k] = mean over n of dCost/ds[n, k]</c>, summed in the order of n.</summary>
    /// <param name="sGradient">[batch, outputs], dCost/ds of each example's cost.</param>
    /// <param name="outputs">Fan-out.</param>
    /// <param name="biasGradient">[outputs], every element is overwritten.</param>
    public static void BiasGradient<T>(ReadOnlySpan<T> sGradient, int outputs, Span<T> biasGradient) where T : struct, IFloatingPointIeee754<T>
    {
        // Forwards: var sum = biases[k], into s[n * outputs + k].
        var batch = sGradient.Length / outputs;
        for (var k = 0; k < outputs; k++)
        {
            var sum = T.Zero;
            for (var n = 0; n < batch; n++)
                sum += sGradient[n * outputs + k];
            biasGradient[k] = sum / T.CreateChecked(batch);
        }
    }
}
