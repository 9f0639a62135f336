using System.Numerics;
using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>A dense layer backwards, from dCost/ds to dCost/ds of the layer below: the plain form, to be checked by hand.</summary>
/// <remarks>Sizes and names: see the legend of <see cref="DenseForward"/>.</remarks>
internal static class DenseBackward
{
    /// <summary>Computes <c>dCost/dz[n, l] = sum_k W[l, k] dCost/ds[n, k]</c>, summed in the order of k.</summary>
    /// <param name="sGradient">[batch, outputs].</param>
    /// <param name="weights">[inputs, outputs].</param>
    /// <param name="inputs">Fan-in.</param>
    /// <param name="outputs">Fan-out.</param>
    /// <param name="zGradient">[batch, inputs], every element is overwritten.</param>
    /// <remarks>With <see cref="Differentiate"/> this is eq. 2 of [Glorot2010].</remarks>
    public static void Propagate<T>(ReadOnlySpan<T> sGradient, ReadOnlySpan<T> weights, int inputs, int outputs, Span<T> zGradient)
        where T : struct, IFloatingPointIeee754<T>
    {
        // Forwards: sum += z[n * inputs + l] * weights[l * outputs + k], into s[n * outputs + k].
        for (var n = 0; n < zGradient.Length / inputs; n++)
            for (var l = 0; l < inputs; l++)
            {
                var sum = T.Zero;
                for (var k = 0; k < outputs; k++)
                    sum += weights[l * outputs + k] * sGradient[n * outputs + k];
                zGradient[n * inputs + l] = sum;
            }
    }

    /// <summary>Computes <c>dCost/ds = dCost/dz f'(s)</c>, in place.</summary>
    /// <param name="s">Any number of pre-activations of the layer below.</param>
    /// <param name="activations">As many, f(s).</param>
    /// <param name="gradient">As many: dCost/dz of these activations on entry, dCost/ds on return.</param>
    public static void Differentiate<T, TActivation>(ReadOnlySpan<T> s, ReadOnlySpan<T> activations, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T> where TActivation : struct, IActivation
    {
        // Forwards: activations[k] = f(s[k]).
        for (var k = 0; k < gradient.Length; k++)
            gradient[k] *= TActivation.Derivative(new Scalar<T>(s[k]), new Scalar<T>(activations[k])).Value;
    }
}
