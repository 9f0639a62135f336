using System.Numerics;

namespace Sonde.Networks;

/// <summary>What an output layer makes of its pre-activations: softmax, or an activation unit by unit.</summary>
public abstract class Output
{
    /// <summary>The name used in study files and records.</summary>
    public abstract string Name { get; }

    /// <summary>The non-linearity of each unit; null if units depend on each other.</summary>
    public abstract Activation? Activation { get; }

    /// <summary>True for the probabilities of classes, which sum to 1.</summary>
    public bool IsSoftmax => Activation is null;

    /// <summary>Computes the outputs of one example.</summary>
    /// <param name="s">[units], pre-activations.</param>
    /// <param name="outputs">[units], overwritten.</param>
    internal abstract void Apply<T>(ReadOnlySpan<T> s, Span<T> outputs) where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Turns dCost/d(outputs) into dCost/ds, in place.</summary>
    /// <param name="s">[units], pre-activations.</param>
    /// <param name="outputs">[units], as <see cref="Apply"/> gave them.</param>
    /// <param name="gradient">[units].</param>
    internal abstract void Differentiate<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> outputs, Span<T> gradient) where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Turns the diagonal of the cost's second derivatives in the outputs into that of the Gauss-Newton matrix in s, in place.</summary>
    /// <inheritdoc cref="Differentiate"/>
    internal abstract void DifferentiateTwice<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> outputs, Span<T> curvature) where T : struct, IFloatingPointIeee754<T>;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}
