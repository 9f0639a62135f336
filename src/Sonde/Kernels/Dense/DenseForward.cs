using System.Numerics;

namespace Sonde.Kernels.Dense;

/// <summary>A dense layer forwards, <c>s = z W + b</c>: the plain form, to be checked by hand.</summary>
public static class DenseForward
{
    /// <summary><c>s[n, k] = b[k] + sum_l z[n, l] W[l, k]</c>, summed in the order of l. Source: [Glorot2010], section 4.2.1.</summary>
    /// <param name="z">[batch, inputs], the layer's input.</param>
    /// <param name="weights">[inputs, outputs], row major.</param>
    /// <param name="biases">[outputs].</param>
    /// <param name="inputs">Fan-in.</param>
    /// <param name="outputs">Fan-out.</param>
    /// <param name="s">[batch, outputs], receives the pre-activations.</param>
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
}
