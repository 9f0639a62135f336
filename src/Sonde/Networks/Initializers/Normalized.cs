using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>U(-r, r)</c>, <c>r = sqrt(6 / (fanIn + fanOut))</c>, variance 2 / (fanIn + fanOut). Source: [Glorot2010], eq. 16.</summary>
public sealed class Normalized : Initializer
{
    /// <inheritdoc/>
    public override string Name => "normalized";

    /// <inheritdoc/>
    public override void Fill(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillUniform(ref random, Math.Sqrt(6.0 / (fanIn + fanOut)), weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 2.0 / (fanIn + fanOut);
}
