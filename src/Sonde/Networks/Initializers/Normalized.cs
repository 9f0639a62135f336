using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary><c>U(-r, r)</c>, <c>r = sqrt(6 / (fanIn + fanOut))</c>, variance 2 / (fanIn + fanOut). Source: [Glorot2010], eq. 16.</summary>
/// <remarks>The variance of activations is the same in all layers (eq. 8) if <c>fanIn Var[W] = 1</c> (eq. 10), that of back-propagated gradients (eq. 9) if
/// <c>fanOut Var[W] = 1</c> (eq. 11). Both hold for equal widths only; <c>Var[W] = 2 / (fanIn + fanOut)</c> (eq. 12) is between the two.</remarks>
public sealed class Normalized : Initializer
{
    /// <inheritdoc/>
    public override string Name => "normalized";

    /// <inheritdoc/>
    public override bool DrawsIndependently => true;

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) =>
        FillUniform(ref random, Math.Sqrt(6.0 / (fanIn + fanOut)), weights);

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => 2.0 / (fanIn + fanOut);
}
