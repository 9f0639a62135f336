using System.Numerics;
using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>A dense layer forwards, <c>s = z W + b</c> and <c>f(s)</c>: the plain form, to be checked by hand.</summary>
/// <remarks>
/// The legend of all kernels in this folder, plain and fast. A fast form works on a range of the layer's inputs or outputs, so its sizes are those of the
/// range; it takes pointers, and a <c>...Stride</c> is the number of floats between the rows of that matrix.
/// <code>
///     batch      examples that go through together, index n
///     inputs     fan-in, the rows of W, index l
///     outputs    fan-out, units, the columns of W, index k
///
///     z          [batch, inputs]     the layer's input, the activations of the layer below
///     weights    [inputs, outputs]   W
///     biases     [outputs]           b
///     s          [batch, outputs]    pre-activations; f(s) is z of the layer above
///     sGradient  [batch, outputs]    dCost/ds of this layer
///     zGradient  [batch, inputs]     dCost/dz of this layer's input
/// </code>
/// All matrices are row major. Destinations must not overlap sources unless a kernel says that they may.
/// </remarks>
internal static class DenseForward
{
    /// <summary>Computes <c>s[n, k] = b[k] + sum_l z[n, l] W[l, k]</c>, summed in the order of l.</summary>
    /// <param name="z">[batch, inputs].</param>
    /// <param name="weights">[inputs, outputs].</param>
    /// <param name="biases">[outputs].</param>
    /// <param name="inputs">Fan-in.</param>
    /// <param name="outputs">Fan-out.</param>
    /// <param name="s">[batch, outputs], every element is overwritten.</param>
    /// <remarks>Source: [Glorot2010], section 4.2.1. NaN and infinity pass through as the arithmetic says.</remarks>
    public static void Preactivation<T>(ReadOnlySpan<T> z, ReadOnlySpan<T> weights, ReadOnlySpan<T> biases, int inputs, int outputs, Span<T> s)
        where T : struct, IFloatingPointIeee754<T>
    {
        for (var n = 0; n < s.Length / outputs; n++)
            for (var k = 0; k < outputs; k++)
            {
                var sum = biases[k];
                for (var l = 0; l < inputs; l++)
                    sum += z[n * inputs + l] * weights[l * outputs + k];
                s[n * outputs + k] = sum;
            }
    }

    /// <summary>Computes <c>f(s)</c>, the z of the layer above.</summary>
    /// <param name="s">Any number of pre-activations.</param>
    /// <param name="activations">As many; may be the same memory as s.</param>
    public static void Activate<T, TActivation>(ReadOnlySpan<T> s, Span<T> activations)
        where T : struct, IFloatingPointIeee754<T> where TActivation : struct, IActivation
    {
        for (var k = 0; k < s.Length; k++)
            activations[k] = TActivation.Value(new Scalar<T>(s[k])).Value;
    }
}
