using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>N(0, sd^2)</c> with a given standard deviation, for every size of layer.</summary>
/// <param name="sd">Finite, 0 or more.</param>
internal sealed class Gaussian(double sd) : Initializer
{
    /// <summary>The standard deviation of every weight.</summary>
    public double Sd { get; } = double.IsFinite(sd) && sd >= 0 ? sd : throw new ArgumentOutOfRangeException(
        nameof(sd), sd, $"Expected a finite sd of 0 or more, got {sd}. Correct it, as in gaussian(0.01).");

    /// <inheritdoc/>
    public override string Name => $"gaussian({Sd})";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillGaussian(ref random, Sd, weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => Sd * Sd;
}
