using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary>What a <c>Dense</c> layer of Keras does by default: weights <c>U(-r, r)</c>, <c>r = sqrt(6 / (fanIn + fanOut))</c>, and biases 0.</summary>
/// <remarks>It is <see cref="Normalized"/>, eq. 16 of [Glorot2010], by the name of the framework.</remarks>
internal sealed class KerasDense : Initializer
{
    private static readonly Normalized Rule = new();

    /// <inheritdoc/>
    public override string Name => "keras-dense";

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => Rule.Variance(fanIn, fanOut);

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) => Rule.Fill(ref random, fanIn, fanOut, weights);
}
