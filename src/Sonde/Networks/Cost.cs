using System.Numerics;

namespace Sonde.Networks;

/// <summary>The cost that training minimizes, a function of the output layer's pre-activations of one example.</summary>
public abstract class Cost
{
    /// <summary>The name used in study files and records.</summary>
    public abstract string Name { get; }

    /// <summary>Computes the cost of one example and its gradient.</summary>
    /// <typeparam name="T">float in training, double in gradient checks.</typeparam>
    /// <param name="s">[classes], the output layer's pre-activations.</param>
    /// <param name="label">The right class.</param>
    /// <param name="probabilities">[classes], receives P(y|x), the softmax of <paramref name="s"/>.</param>
    /// <param name="gradient">[classes], receives dCost/ds.</param>
    /// <returns>The cost, finite for all finite <paramref name="s"/>.</returns>
    public abstract T Evaluate<T>(ReadOnlySpan<T> s, int label, Span<T> probabilities, Span<T> gradient) where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Computes the diagonal of the cost's Gauss-Newton matrix in s, where the second back-propagation starts.</summary>
    /// <param name="probabilities">[classes], P(y|x).</param>
    /// <param name="curvature">[classes], receives the approximate d2Cost/ds_k^2, 0 or more.</param>
    /// <remarks>What is off the diagonal is dropped. Source: [LeCun1998b], section 7.</remarks>
    public abstract void Curvature<T>(ReadOnlySpan<T> probabilities, Span<T> curvature) where T : struct, IFloatingPointIeee754<T>;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    /// <summary>Computes <c>P(k|x) = e^s_k / sum_j e^s_j</c>, shifted by the largest s so that nothing overflows.</summary>
    /// <returns><c>log sum_j e^s_j</c>.</returns>
    private protected static T Softmax<T>(ReadOnlySpan<T> s, Span<T> probabilities) where T : struct, IFloatingPointIeee754<T>
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
}
