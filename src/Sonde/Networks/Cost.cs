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
    /// <returns>The cost, finite for all finite <paramref name="s"/>; NaN if one of them is.</returns>
    /// <exception cref="ArgumentException">The spans have different lengths.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public T Evaluate<T>(ReadOnlySpan<T> s, int label, Span<T> probabilities, Span<T> gradient) where T : struct, IFloatingPointIeee754<T>
    {
        if (probabilities.Length != s.Length || gradient.Length != s.Length)
            throw new ArgumentException($"Expected probabilities and a gradient for {s.Length} classes, got {probabilities.Length} and {gradient.Length}. Size "
                + "the three spans together.", nameof(s));
        if ((uint)label >= (uint)s.Length)
            throw new ArgumentOutOfRangeException(nameof(label), label, $"Expected a label from 0 to {s.Length - 1}, got {label}. Count classes from 0.");
        return Compute(s, label, probabilities, gradient);
    }

    /// <summary>Computes the diagonal of the cost's Gauss-Newton matrix in s, where the second back-propagation starts.</summary>
    /// <param name="probabilities">[classes], P(y|x).</param>
    /// <param name="curvature">[classes], receives the approximate d2Cost/ds_k^2, 0 or more.</param>
    /// <remarks>What is off the diagonal is dropped. Source: [LeCun1998b], section 7.</remarks>
    /// <exception cref="ArgumentException">The spans have different lengths.</exception>
    public void Curvature<T>(ReadOnlySpan<T> probabilities, Span<T> curvature) where T : struct, IFloatingPointIeee754<T>
    {
        if (curvature.Length != probabilities.Length)
            throw new ArgumentException(
                $"Expected a curvature for each of {probabilities.Length} classes, got {curvature.Length}. Size the two spans together.", nameof(curvature));
        ComputeCurvature(probabilities, curvature);
    }

    /// <summary>Computes what <see cref="Evaluate"/> returns, of spans that fit together.</summary>
    protected abstract T Compute<T>(ReadOnlySpan<T> s, int label, Span<T> probabilities, Span<T> gradient) where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Computes what <see cref="Curvature"/> writes, of spans that fit together.</summary>
    protected abstract void ComputeCurvature<T>(ReadOnlySpan<T> probabilities, Span<T> curvature) where T : struct, IFloatingPointIeee754<T>;

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
