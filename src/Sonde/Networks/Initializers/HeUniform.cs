using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>U(-r, r)</c>, <c>r = sqrt(6 / fanIn)</c>, variance 2 / fanIn as <see cref="He"/> has. Source: [He2015].</summary>
internal sealed class HeUniform : Initializer
{
    /// <inheritdoc/>
    public override string Name => "he-uniform";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillUniform(ref random, Math.Sqrt(6.0 / fanIn), weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 2.0 / fanIn;
}
