using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>N(0, 1/fanIn)</c>, which keeps the variance of activations: eq. 10 of [Glorot2010]. Source: [LeCun1998b].</summary>
internal sealed class LeCun : Initializer
{
    /// <inheritdoc/>
    public override string Name => "lecun";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillGaussian(ref random, Math.Sqrt(1.0 / fanIn), weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 1.0 / fanIn;
}
