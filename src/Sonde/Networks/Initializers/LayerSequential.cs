using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary>Orthogonal weights, which are then scaled layer by layer, from the input, until the pre-activations of the first training examples have variance 1
/// ("LSUV"). Source: [Mishkin2016].</summary>
/// <remarks><see cref="ExampleFit"/> scales them; without examples the weights are those of <see cref="Orthogonal"/>.</remarks>
internal sealed class LayerSequential : Initializer
{
    private readonly Orthogonal start = new();

    /// <inheritdoc/>
    public override string Name => "lsuv";

    /// <inheritdoc/>
    internal override bool FitsExamples => true;

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => start.Variance(fanIn, fanOut);

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) => start.Fill(ref random, fanIn, fanOut, weights);
}
