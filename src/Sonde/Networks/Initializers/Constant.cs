using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary>The same value for every weight. All units of a layer then stay alike, so the network cannot learn; it is here to show that.</summary>
/// <param name="value">The value, finite.</param>
internal sealed class Constant(double value) : Initializer
{
    /// <summary>The value of every weight.</summary>
    public double Value { get; } = double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(
        nameof(value), value, $"Expected a finite value, got {value}. Correct it, as in constant(0.1).");

    /// <inheritdoc/>
    public override string Name => $"constant({Value})";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) => weights.Fill((float)Value);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 0;

    /// <inheritdoc/>
    public override double Mean => Value;
}
