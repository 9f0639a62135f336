using Sonde.Numerics.Random;

namespace Sonde.Networks;

/// <summary>The weights and biases of one layer.</summary>
/// <param name="FanIn">Inputs of the layer.</param>
/// <param name="FanOut">Units of the layer.</param>
/// <param name="Weights">[FanIn, FanOut], row major.</param>
/// <param name="Biases">[FanOut].</param>
public sealed record LayerParameters(int FanIn, int FanOut, float[] Weights, float[] Biases);

/// <summary>All parameters of a network, in plain row-major arrays; engines may train them in another layout.</summary>
/// <param name="Layers">Layer i is at index i - 1; the output layer is the last.</param>
public sealed record Parameters(IReadOnlyList<LayerParameters> Layers)
{
    /// <summary>Returns arrays of zeros of the network's shape.</summary>
    public static Parameters Empty(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new([.. Enumerable.Range(1, network.Layers).Select(layer => new LayerParameters(
            network.FanIn(layer), network.FanOut(layer), new float[network.FanIn(layer) * network.FanOut(layer)], new float[network.FanOut(layer)]))]);
    }

    /// <summary>Copies all values into other arrays of the same shape.</summary>
    /// <returns>The other parameters.</returns>
    public Parameters CopyTo(Parameters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var (from, to) in Layers.Zip(other.Layers))
        {
            from.Weights.CopyTo(to.Weights, 0);
            from.Biases.CopyTo(to.Biases, 0);
        }
        return other;
    }

    /// <summary>Returns the parameters that training starts from, a function of the network and the seed alone.</summary>
    public static Parameters Initialize(Network network, ulong seed)
    {
        var parameters = Empty(network);
        var key = new RandomKey(seed, "weights");
        for (var layer = 1; layer <= network.Layers; layer++)
        {
            var random = key.Stream((ulong)layer);
            var (fanIn, fanOut, weights, _) = parameters.Layers[layer - 1];
            network.Initializer.Fill(ref random, fanIn, fanOut, weights);
        }
        return parameters;
    }
}
