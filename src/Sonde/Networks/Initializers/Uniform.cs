using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>U(-a, a)</c> with a given bound, variance a^2 / 3, for every size of layer.</summary>
/// <param name="bound">Finite, 0 or more.</param>
internal sealed class Uniform(double bound) : Initializer
{
    /// <summary>The largest weight without its sign.</summary>
    public double Bound { get; } = double.IsFinite(bound) && bound >= 0 ? bound : throw new ArgumentOutOfRangeException(
        nameof(bound), bound, $"Expected a finite bound of 0 or more, got {bound}. Correct it, as in uniform(0.05).");

    /// <inheritdoc/>
    public override string Name => $"uniform({Bound})";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) => FillUniform(ref random, Bound, weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => Bound * Bound / 3;
}
