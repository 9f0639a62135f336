using Sonde.Numerics.Random;

namespace Sonde.Networks.Initializers;

/// <summary>What <c>torch.nn.Linear</c> does by default: weights and biases <c>U(-1/sqrt(fanIn), 1/sqrt(fanIn))</c>.</summary>
/// <remarks>Its weights are those of <see cref="Standard"/>: eq. 1 of [Glorot2010], which lets gradients vanish. PyTorch draws them with
/// <c>kaiming_uniform_(a=sqrt(5))</c>, which is not the rule of [He2015]: the variance is a sixth of that.</remarks>
internal sealed class PyTorchLinear : Initializer
{
    private static readonly Standard Rule = new();

    /// <inheritdoc/>
    public override string Name => "pytorch-linear";

    /// <inheritdoc/>
    internal override Initializer Biases => Rule;

    /// <inheritdoc/>
    public override double Variance(int fanIn, int fanOut) => Rule.Variance(fanIn, fanOut);

    /// <inheritdoc/>
    protected override void Draw(ref RandomStream random, int fanIn, int fanOut, Span<float> weights) => Rule.Fill(ref random, fanIn, fanOut, weights);
}
