using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Summaries;

namespace Sonde.Pretraining;

/// <summary>A named cost of reconstructions; <see cref="ReconstructionCost{TFormula}"/> carries the formula.</summary>
public abstract class ReconstructionCost
{
    private protected ReconstructionCost(string name, bool needsRange) => (Name, NeedsRange) = (name, needsRange);

    /// <summary>The name used in study files.</summary>
    public string Name { get; }

    /// <summary>True if the values to reconstruct must be between two limits.</summary>
    public bool NeedsRange { get; }

    /// <summary>Returns the way from values to targets, <c>t = (value - offset) * factor</c>.</summary>
    /// <param name="range">What values lie between; null if nothing bounds them.</param>
    /// <exception cref="ArgumentException">There is no range, and one is needed.</exception>
    public (float Offset, float Factor) TargetsOf(ValueRange? range) => !NeedsRange ? (0, 1)
        : range is { } known ? (known.Lower, 1 / known.Width)
        : throw new ArgumentException(
            $"Expected values between two limits, which {Name} needs, got values that nothing bounds. Use the cost squared-distance.");

    /// <summary>Calls the visitor with the formula as a type, so that what it builds is compiled for this cost.</summary>
    internal abstract TResult Accept<TResult>(IReconstructionCostVisitor<TResult> visitor);

    /// <summary>Returns what the decoder makes of s, on the scale of targets, one number at a time.</summary>
    public abstract float Value(float s);

    /// <inheritdoc/>
    public sealed override string ToString() => Name;
}

/// <summary>Receives the formula of a reconstruction's cost as a type argument; see <see cref="ReconstructionCost.Accept"/>.</summary>
internal interface IReconstructionCostVisitor<out TResult>
{
    /// <summary>Called with the struct that holds the formula.</summary>
    TResult Visit<TFormula>() where TFormula : struct, IReconstructionCost;
}

/// <summary>A named cost whose formula is <typeparamref name="TFormula"/>.</summary>
/// <param name="name">The name used in study files.</param>
public sealed class ReconstructionCost<TFormula>(string name) : ReconstructionCost(name, TFormula.NeedsUnitTargets) where TFormula : struct, IReconstructionCost
{
    internal override TResult Accept<TResult>(IReconstructionCostVisitor<TResult> visitor) => visitor.Visit<TFormula>();

    /// <inheritdoc/>
    public override float Value(float s) => TFormula.Value(new Scalar<float>(s)).Value;
}
