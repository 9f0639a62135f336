using Sonde.Networks;
using Sonde.Numerics.Random;

namespace Sonde.Engines;

/// <summary>Dropout: in an update, a unit's activation is left out with a given probability, and the others are divided by what remains. Source:
/// [Srivastava2014].</summary>
/// <remarks>Whether a unit is left out is a function of the seed, the update, the layer, the example's place in the mini-batch and the unit. So the same masks
/// come for any number of threads and after a resume.</remarks>
/// <param name="network">The network; its hidden layers say their shares.</param>
/// <param name="seed">The trial's seed.</param>
internal sealed class DropoutMask(Network network, ulong seed)
{
    private readonly RandomKey key = new(seed, "dropout");

    /// <summary>True if some layer leaves units out.</summary>
    public bool IsNeeded { get; } = network.HiddenLayers.Any(layer => layer.Dropout > 0);

    /// <summary>True if a layer leaves units out.</summary>
    /// <param name="layer">1 for the first hidden layer.</param>
    public bool Has(int layer) => layer <= network.HiddenLayers.Count && network.HiddenLayers[layer - 1].Dropout > 0;

    /// <summary>Multiplies values of some units of an example by their mask: 0, or one over the share that remains.</summary>
    /// <param name="update">1 for the first update.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="example">Its place in the mini-batch, from 0.</param>
    /// <param name="first">The first of the units.</param>
    /// <param name="from">[units], activations or gradients.</param>
    /// <param name="to">[units], overwritten; may be the same memory.</param>
    public void Apply(long update, int layer, int example, int first, ReadOnlySpan<float> from, Span<float> to)
    {
        var share = network.HiddenLayers[layer - 1].Dropout;
        var (limit, scale) = ((uint)(share * uint.MaxValue), (float)(1 / (1 - share)));
        var random = key.Stream((ulong)update * (ulong)(network.Layers + 1) + (ulong)layer);
        random.Position = (ulong)example * (ulong)network.FanOut(layer) + (ulong)first;
        for (var k = 0; k < to.Length; k++)
            to[k] = random.NextUInt32() < limit ? 0 : from[k] * scale;
    }
}
