using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>N(0, 2/fanIn)</c>, for rectifiers. Source: [He2015].</summary>
internal sealed class He : Initializer
{
    /// <inheritdoc/>
    public override string Name => "he";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillGaussian(ref random, Math.Sqrt(2.0 / fanIn), weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 2.0 / fanIn;
}
