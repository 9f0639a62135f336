using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>U(-1/sqrt(fanIn), 1/sqrt(fanIn))</c>, variance 1 / (3 fanIn). Source: [Glorot2010], eq. 1.</summary>
public sealed class Standard : Initializer
{
    /// <inheritdoc/>
    public override string Name => "standard";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillUniform(ref random, 1 / Math.Sqrt(fanIn), weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 1.0 / (3.0 * fanIn);
}
