using System.Runtime.CompilerServices;

namespace Sonde.Networks.Outputs;

/// <summary><c>P_k = e^s_k / sum_j e^s_j</c>, shifted by the largest s so that nothing overflows. Source: [Glorot2010], section 2.3.</summary>
internal sealed class Softmax : Output
{
    /// <inheritdoc/>
    public override string Name => "softmax";

    /// <inheritdoc/>
    public override Activation? Activation => null;

    /// <inheritdoc/>
    internal override void Apply<T>(ReadOnlySpan<T> s, Span<T> outputs) => Compute(s, outputs);

    /// <summary>Computes the probabilities.</summary>
    /// <returns><c>log sum_j e^s_j</c>.</returns>
    // Short runs would spend more time in the runtime's first code for this than in the final one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static T Compute<T>(ReadOnlySpan<T> s, Span<T> probabilities) where T : struct, System.Numerics.IFloatingPointIeee754<T>
    {
        var largest = s[0];
        foreach (var value in s)
            largest = T.Max(largest, value);
        var sum = T.Zero;
        for (var k = 0; k < s.Length; k++)
            sum += probabilities[k] = T.Exp(s[k] - largest);
        for (var k = 0; k < s.Length; k++)
            probabilities[k] /= sum;
        return largest + T.Log(sum);
    }

    /// <inheritdoc/>
    /// <remarks><c>dCost/ds_k = P_k (g_k - sum_j g_j P_j)</c>.</remarks>
    internal override void Differentiate<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> outputs, Span<T> gradient)
    {
        var mean = T.Zero;
        for (var k = 0; k < outputs.Length; k++)
            mean += gradient[k] * outputs[k];
        for (var k = 0; k < outputs.Length; k++)
            gradient[k] = outputs[k] * (gradient[k] - mean);
    }

    /// <inheritdoc/>
    /// <remarks><c>sum_j c_j (dP_j/ds_k)^2 = P_k^2 (c_k (1 - 2 P_k) + sum_j c_j P_j^2)</c>.</remarks>
    internal override void DifferentiateTwice<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> outputs, Span<T> curvature)
    {
        var (two, sum) = (T.One + T.One, T.Zero);
        for (var k = 0; k < outputs.Length; k++)
            sum += curvature[k] * outputs[k] * outputs[k];
        for (var k = 0; k < outputs.Length; k++)
            curvature[k] = outputs[k] * outputs[k] * (curvature[k] * (T.One - two * outputs[k]) + sum);
    }
}
