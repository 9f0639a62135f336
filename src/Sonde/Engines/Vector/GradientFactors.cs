using Sonde.Networks;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Summaries;

namespace Sonde.Engines.Vector;

/// <summary>z and dCost/ds of every layer for all examples of an observation; weight gradients are their products.</summary>
internal sealed class GradientFactors : IDisposable
{
    // Kernels read whole vectors.
    private const int ColumnBlock = ValueCells.Widest;

    /// <summary>Reserves the memory.</summary>
    /// <param name="network">The network.</param>
    /// <param name="examples">How many examples.</param>
    public GradientFactors(Network network, int examples)
    {
        Examples = examples;
        Inputs = new(examples, network.Inputs, ColumnBlock);
        PaddedMatrix[] OfLayers() => [.. Enumerable.Range(1, network.Layers).Select(layer => new PaddedMatrix(examples, network.FanOut(layer), ColumnBlock))];
        (Activations, Gradients) = (OfLayers(), OfLayers());
    }

    /// <summary>How many examples there is room for.</summary>
    public int Examples { get; }

    /// <summary>[examples, network inputs].</summary>
    public PaddedMatrix Inputs { get; }

    /// <summary>z of each layer, [examples, units].</summary>
    public PaddedMatrix[] Activations { get; }

    /// <summary>dCost/ds of each layer, [examples, units].</summary>
    public PaddedMatrix[] Gradients { get; }

    /// <summary>Returns what a layer multiplies with its weights.</summary>
    /// <param name="index">Of the layer, from 0.</param>
    public PaddedMatrix InputOf(int index) => index == 0 ? Inputs : Activations[index - 1];

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in (PaddedMatrix[])[Inputs, .. Activations, .. Gradients])
            matrix.Dispose();
    }
}
