using Sonde.Data;
using Sonde.Numerics.Checks;
using Sonde.Numerics.Random;

namespace Sonde.Networks;

/// <summary>The weights and biases of one layer.</summary>
/// <param name="FanIn">Inputs of the layer.</param>
/// <param name="FanOut">Units of the layer.</param>
/// <param name="Weights">[FanIn, FanOut], row major.</param>
/// <param name="Biases">[FanOut].</param>
/// <exception cref="ArgumentException">An array has another length than the sizes say.</exception>
public sealed record LayerParameters(int FanIn, int FanOut, float[] Weights, float[] Biases)
{
    /// <summary>Inputs of the layer.</summary>
    public int FanIn { get; } = Given.AtLeast(1, FanIn, nameof(FanIn));

    /// <summary>Units of the layer.</summary>
    public int FanOut { get; } = Given.AtLeast(1, FanOut, nameof(FanOut));

    /// <summary>[FanIn, FanOut], row major.</summary>
    public float[] Weights { get; init => field = OfLength(value, nameof(Weights), (long)FanIn * FanOut, FanIn, FanOut); } =
        OfLength(Weights, nameof(Weights), (long)FanIn * FanOut, FanIn, FanOut);

    /// <summary>[FanOut].</summary>
    public float[] Biases { get; init => field = OfLength(value, nameof(Biases), FanOut, FanIn, FanOut); } =
        OfLength(Biases, nameof(Biases), FanOut, FanIn, FanOut);

    private static float[] OfLength(float[] values, string name, long length, int fanIn, int fanOut)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        return values.Length == length ? values : throw new ArgumentException(
            $"Expected {length} {name.ToLowerInvariant()} of a layer of {fanIn} inputs and {fanOut} units, got {values.Length}. Pass arrays of these sizes.",
            name);
    }
}

/// <summary>All parameters of a network, in plain row-major arrays; engines may train them in another layout.</summary>
/// <param name="Layers">Layer i is at index i - 1; the output layer is the last.</param>
/// <remarks>Values may be NaN or infinite: what diverged can be saved and looked into.</remarks>
public sealed record Parameters(IReadOnlyList<LayerParameters> Layers)
{
    /// <summary>Layer i is at index i - 1; the output layer is the last.</summary>
    public IReadOnlyList<LayerParameters> Layers { get; } = Given.NotNull(Layers, nameof(Layers)) is not { Count: > 0 }
        ? throw new ArgumentException("Expected the parameters of one layer or more, got none. Make them with Parameters.Initialize.", nameof(Layers))
        : Layers;

    private string ShapeText => string.Join('-', [Layers[0].FanIn, .. Layers.Select(layer => layer.FanOut)]);

    /// <summary>Returns arrays of zeros of the network's shape.</summary>
    /// <exception cref="ArgumentException">A layer has more weights than an array can hold.</exception>
    public static Parameters Empty(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new([.. Enumerable.Range(1, network.Layers).Select(layer => new LayerParameters(
            network.FanIn(layer), network.FanOut(layer), new float[WeightsOf(network, layer)], new float[network.FanOut(layer)]))]);
    }

    /// <summary>Copies all values into other arrays of the same shape.</summary>
    /// <returns>The other parameters.</returns>
    /// <exception cref="ArgumentException">The other parameters have another shape.</exception>
    public Parameters CopyTo(Parameters other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!HasShapeOf(other))
            throw new ArgumentException(
                $"These parameters are of a network {ShapeText}, the others of {other.ShapeText}. Copy between parameters of one shape.", nameof(other));
        foreach (var (from, to) in Layers.Zip(other.Layers))
        {
            from.Weights.CopyTo(to.Weights, 0);
            from.Biases.CopyTo(to.Biases, 0);
        }
        return other;
    }

    /// <summary>Returns the parameters that training on a dataset starts from, a function of the network, the seed and, for initializers such as
    /// <c>lsuv</c>, the first training examples.</summary>
    public static Parameters Initialize(Network network, Dataset data, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        var parameters = Initialize(network, seed);
        ExampleFit.Apply(network, parameters, data, seed);
        return parameters;
    }

    /// <summary>Returns the parameters as initializers draw them, a function of the network and the seed alone.</summary>
    public static Parameters Initialize(Network network, ulong seed)
    {
        var parameters = Empty(network);
        var (key, biasKey) = (new RandomKey(seed, "weights"), new RandomKey(seed, "biases"));
        for (var layer = 1; layer <= network.Layers; layer++)
        {
            var (random, ofBiases) = (key.Stream((ulong)layer), biasKey.Stream((ulong)layer));
            var (fanIn, fanOut, weights, biases) = parameters.Layers[layer - 1];
            network.InitializerOf(layer).Fill(ref random, fanIn, fanOut, weights);
            network.BiasInitializerOf(layer)?.FillBiases(ref ofBiases, fanIn, biases);
        }
        return parameters;
    }

    /// <summary>Throws unless these are parameters of a network of this shape.</summary>
    /// <param name="network">The network.</param>
    /// <param name="subject">How the message begins, such as <c>These parameters are</c>.</param>
    /// <param name="use">What needs the network's shape, such as <c>this engine trains</c>.</param>
    internal void CheckShape(Network network, string subject, string use)
    {
        if (!Fits(network))
            throw new ArgumentException($"{subject} of a network {ShapeText}; {use} {network.ShapeText}. Make both of one network.");
    }

    private bool Fits(Network network)
    {
        if (Layers.Count != network.Layers)
            return false;
        for (var layer = 1; layer <= network.Layers; layer++)
            if (Layers[layer - 1].FanIn != network.FanIn(layer) || Layers[layer - 1].FanOut != network.FanOut(layer))
                return false;
        return true;
    }

    private bool HasShapeOf(Parameters other) => Layers.Count == other.Layers.Count
        && Layers.Zip(other.Layers).All(pair => pair.First.FanIn == pair.Second.FanIn && pair.First.FanOut == pair.Second.FanOut);

    private static int WeightsOf(Network network, int layer)
    {
        var weights = (long)network.FanIn(layer) * network.FanOut(layer);
        return weights <= Array.MaxLength ? (int)weights : throw new ArgumentException(
            $"Layer {layer} of the network {network.ShapeText} has {weights} weights; an array holds {Array.MaxLength}. Make the layer smaller.",
            nameof(network));
    }
}
