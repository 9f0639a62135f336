using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>N(0, sd^2)</c> with a given standard deviation, whatever the layer's size.</summary>
/// <param name="standardDeviation">0 or more.</param>
public sealed class Gaussian(double standardDeviation) : Initializer
{
    /// <summary>The standard deviation of every weight.</summary>
    public double StandardDeviation { get; } = standardDeviation;

    /// <inheritdoc/>
    public override string Name => $"gaussian({StandardDeviation})";

    /// <inheritdoc/>
    public override void Fill(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillGaussian(ref random, StandardDeviation, weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => StandardDeviation * StandardDeviation;
}
