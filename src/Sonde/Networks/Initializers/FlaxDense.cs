using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary>What a <c>Dense</c> layer of Flax does by default: weights of variance <c>1/fanIn</c> from a Gaussian cut at two standard deviations, and
/// biases 0.</summary>
/// <remarks>The Gaussian is a little wider, so that what is left of it has the variance of <see cref="LeCun"/>. No weight is beyond
/// 2.27 / sqrt(fanIn).</remarks>
internal sealed class FlaxDense : Initializer
{
    private const double Cut = 2;

    // The standard deviation of a unit Gaussian cut at 2: sqrt(1 - 4 density(2) / P(|x| < 2)).
    private const double SdOfCut = 0.87962566103423978;

    /// <inheritdoc/>
    public override string Name => "flax-dense";

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 1.0 / fanIn;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights)
    {
        var sd = Math.Sqrt(1.0 / fanIn) / SdOfCut;
        foreach (ref var weight in weights)
        {
            double value;
            do
                value = random.NextGaussian();
            while (Math.Abs(value) > Cut);
            weight = (float)(sd * value);
        }
    }
}
