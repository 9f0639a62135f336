using System.Numerics;

namespace Sonde.Networks;

/// <summary>The cost that training minimizes, a function of the outputs of one example and of its targets.</summary>
/// <remarks>Every cost works on every output: its derivatives in the outputs are passed back through them. Pairs that simplify, such as a softmax and its
/// likelihood, are computed from the pre-activations instead, which loses no digits.</remarks>
public abstract class Cost
{
    /// <summary>The name used in study files and records.</summary>
    public abstract string Name { get; }

    /// <summary>Computes the cost of one example of a softmax and its gradient.</summary>
    /// <typeparam name="T">float in training, double in gradient checks.</typeparam>
    /// <param name="s">[classes], the output layer's pre-activations.</param>
    /// <param name="label">The right class.</param>
    /// <param name="probabilities">[classes], receives P(y|x), the softmax of <paramref name="s"/>.</param>
    /// <param name="gradient">[classes], receives dCost/ds.</param>
    /// <returns>The cost; NaN if one of <paramref name="s"/> is.</returns>
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

    /// <summary>Computes the cost of one example and its gradient, of any output and any targets.</summary>
    /// <param name="output">What the output layer makes of s.</param>
    /// <param name="s">[units], the output layer's pre-activations.</param>
    /// <param name="targets">[units].</param>
    /// <param name="outputs">[units], receives the outputs.</param>
    /// <param name="gradient">[units], receives dCost/ds.</param>
    /// <exception cref="ArgumentException">The spans have different lengths.</exception>
    public T Evaluate<T>(Output output, ReadOnlySpan<T> s, ReadOnlySpan<T> targets, Span<T> outputs, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(output);
        if (targets.Length != s.Length || outputs.Length != s.Length || gradient.Length != s.Length)
            throw new ArgumentException($"Expected targets, outputs and a gradient for {s.Length} units, got {targets.Length}, {outputs.Length} and "
                + $"{gradient.Length}. Size the four spans together.", nameof(s));
        if (SimplifiesWith(output))
            return ComputeSimplified(s, targets, outputs, gradient);
        output.Apply(s, outputs);
        var cost = ComputeOfOutputs(outputs, targets, gradient);
        output.Differentiate(s, outputs, gradient);
        return cost;
    }

    /// <summary>Computes the diagonal of the cost's Gauss-Newton matrix in s of a softmax, where the second back-propagation starts.</summary>
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

    /// <summary>Computes the diagonal of the Gauss-Newton matrix in s, of any output and any targets.</summary>
    internal void Curvature<T>(Output output, ReadOnlySpan<T> s, ReadOnlySpan<T> targets, ReadOnlySpan<T> outputs, Span<T> curvature)
        where T : struct, IFloatingPointIeee754<T>
    {
        if (SimplifiesWith(output))
        {
            ComputeSimplifiedCurvature(outputs, targets, curvature);
            return;
        }
        ComputeCurvatureOfOutputs(outputs, targets, curvature);
        output.DifferentiateTwice(s, outputs, curvature);
    }

    /// <summary>An output above this counts as a yes.</summary>
    public virtual double YesAbove => 0.5;

    /// <summary>What is wrong with this cost on an output, with the cure, in one sentence; null if the two fit together.</summary>
    /// <param name="output">The output.</param>
    /// <param name="units">Units of the output layer.</param>
    public virtual string? FindMismatch(Output output, int units) => null;

    /// <summary>True if the class itself is all that is needed, so that <see cref="Compute"/> has a form of its own.</summary>
    internal virtual bool TakesLabels => false;

    /// <summary>True if cost and output simplify together; then <see cref="ComputeSimplified"/> is used.</summary>
    protected virtual bool SimplifiesWith(Output output) => false;

    /// <summary>Computes the cost and dCost/d(outputs), of spans that fit together.</summary>
    /// <param name="outputs">[units].</param>
    /// <param name="targets">[units].</param>
    /// <param name="gradient">[units], every element is overwritten.</param>
    protected abstract T ComputeOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Computes the diagonal of the second derivatives in the outputs, 0 or more.</summary>
    /// <param name="outputs">[units].</param>
    /// <param name="targets">[units].</param>
    /// <param name="curvature">[units], every element is overwritten.</param>
    protected abstract void ComputeCurvatureOfOutputs<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
        where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Computes outputs, cost and dCost/ds from the pre-activations, of a pair that simplifies.</summary>
    protected virtual T ComputeSimplified<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> targets, Span<T> outputs, Span<T> gradient)
        where T : struct, IFloatingPointIeee754<T> => throw new NotSupportedException($"{Name} has no simpler form.");

    /// <summary>Computes the curvature in s of a pair that simplifies.</summary>
    protected virtual void ComputeSimplifiedCurvature<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> curvature)
        where T : struct, IFloatingPointIeee754<T> => throw new NotSupportedException($"{Name} has no simpler form.");

    /// <summary>Computes what <see cref="Evaluate{T}(ReadOnlySpan{T}, int, Span{T}, Span{T})"/> returns, of spans that fit together.</summary>
    protected virtual T Compute<T>(ReadOnlySpan<T> s, int label, Span<T> probabilities, Span<T> gradient) where T : struct, IFloatingPointIeee754<T>
    {
        var targets = new T[s.Length];
        targets[label] = T.One;
        return Evaluate(OutputList.Softmax, s, targets, probabilities, gradient);
    }

    /// <summary>Computes what <see cref="Curvature{T}(ReadOnlySpan{T}, Span{T})"/> writes, of spans that fit together. The label is not known, so it stands
    /// for a target of each class as often as it is probable.</summary>
    protected virtual void ComputeCurvature<T>(ReadOnlySpan<T> probabilities, Span<T> curvature) where T : struct, IFloatingPointIeee754<T> =>
        Curvature(OutputList.Softmax, probabilities, probabilities, probabilities, curvature);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
