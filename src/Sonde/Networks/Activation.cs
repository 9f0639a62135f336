using System.Numerics;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Summaries;

namespace Sonde.Networks;

/// <summary>A named non-linearity and its range; <see cref="Activation{TFunction}"/> has the formula.</summary>
public abstract class Activation
{
    private protected Activation(string name) => Name = name;

    /// <summary>The name used in study files, on the command line and in records.</summary>
    public string Name { get; }

    /// <summary>The limit for large negative pre-activations; null if there is none.</summary>
    public double? Lower { get; init; }

    /// <summary>The limit for large positive pre-activations; null if there is none.</summary>
    public double? Upper { get; init; }

    /// <summary>The interval that bounds activations; null unless there are two limits.</summary>
    public ValueRange? Range => (Lower, Upper) is (double lower, double upper) ? new((float)lower, (float)upper) : null;

    /// <summary>True if it has two limits, so that a share of saturated units says something: the zeros of relu and its like are how they work.</summary>
    public bool Saturates => Range is not null;

    /// <summary>The rule by which a unit counts as saturated, in words, for legends and tables.</summary>
    public string SaturationRule => this switch
    {
        { Lower: not null, Upper: not null } => "within 5 % of the range from either end",
        { Lower: not null } => "within 0.05 of the lower limit",
        _ => "never (unbounded)",
    };

    /// <summary>True if <paramref name="z"/> is in a flat region: within 5 % of the range from either limit if there are two, within 0.05 of the limit if
    /// there is one. Always false if there is none, or if z is NaN.</summary>
    public bool IsSaturated(float z) => z < SaturationLimits.Below || z > SaturationLimits.Above;

    /// <summary>The bounds below and above which activations are saturated; an infinity if there is no such limit.</summary>
    public (double Below, double Above) SaturationLimits => (Lower, Upper) switch
    {
        (double lower, double upper) => (lower + 0.05 * (upper - lower), upper - 0.05 * (upper - lower)),
        (double lower, null) => (lower + 0.05, double.PositiveInfinity),
        _ => (double.NegativeInfinity, double.PositiveInfinity),
    };

    /// <summary>Calls the visitor with the formula as a type, so that what it builds is compiled for this activation.</summary>
    public abstract TResult Accept<TResult>(IActivationVisitor<TResult> visitor);

    /// <summary>Computes f(s), the plain form.</summary>
    /// <param name="s">Any number of pre-activations.</param>
    /// <param name="activations">As many, overwritten.</param>
    internal abstract void Apply<T>(ReadOnlySpan<T> s, Span<T> activations) where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Computes <c>dCost/ds = dCost/dz f'(s)</c>, in place, the plain form.</summary>
    /// <param name="s">Any number of pre-activations.</param>
    /// <param name="activations">As many, f(s).</param>
    /// <param name="gradient">As many: dCost/dz on entry, dCost/ds on return.</param>
    internal abstract void Differentiate<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> activations, Span<T> gradient) where T : struct, IFloatingPointIeee754<T>;

    /// <summary>Computes f(s) of one number.</summary>
    public abstract double Value(double s);

    /// <summary>Computes f'(s) of one number.</summary>
    public abstract double Derivative(double s);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Receives an activation's formula as a type argument; see <see cref="Activation.Accept"/>.</summary>
public interface IActivationVisitor<out TResult>
{
    /// <summary>Called with the struct that holds the formula.</summary>
    TResult Visit<TFunction>() where TFunction : struct, IActivation;
}

/// <summary>A named activation whose formula is <typeparamref name="TFunction"/>.</summary>
/// <param name="name">The name used in study files and records.</param>
public sealed class Activation<TFunction>(string name) : Activation(name ?? throw new ArgumentNullException(nameof(name))) where TFunction : struct, IActivation
{
    /// <inheritdoc/>
    public override TResult Accept<TResult>(IActivationVisitor<TResult> visitor)
    {
        ArgumentNullException.ThrowIfNull(visitor);
        return visitor.Visit<TFunction>();
    }

    internal override void Apply<T>(ReadOnlySpan<T> s, Span<T> activations) => DenseForward.Activate<T, TFunction>(s, activations);

    internal override void Differentiate<T>(ReadOnlySpan<T> s, ReadOnlySpan<T> activations, Span<T> gradient) =>
        DenseBackward.Differentiate<T, TFunction>(s, activations, gradient);

    /// <inheritdoc/>
    public override double Value(double s) => TFunction.Value(new Scalar<double>(s)).Value;

    /// <inheritdoc/>
    public override double Derivative(double s)
    {
        var at = new Scalar<double>(s);
        return TFunction.Derivative(at, TFunction.Value(at)).Value;
    }
}
