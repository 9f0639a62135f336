using Sonde.Data;
using Sonde.Networks;
using Sonde.Numerics.Checks;

namespace Sonde.Diagnosis;

/// <summary>What findings need to know of a network.</summary>
/// <param name="Depth">Number of hidden layers, 1..Depth in the rows.</param>
/// <param name="Activation">The non-linearity of hidden layers that say none themselves; null if it is not a listed one.</param>
public sealed record NetworkFacts(int Depth, Activation? Activation)
{
    /// <summary>Number of hidden layers, 1..Depth in the rows.</summary>
    public int Depth { get; init => field = Given.AtLeast(0, value, nameof(Depth)); } = Given.AtLeast(0, Depth, nameof(Depth));

    /// <summary>What the network learns.</summary>
    public TargetKind Task { get; init; }

    /// <summary>The non-linearity of each hidden layer, from the input; empty if all have <see cref="Activation"/>.</summary>
    public IReadOnlyList<Activation?> Activations { get; init => field = Given.NotNull(value, nameof(Activations)); } = [];

    /// <summary>Values per example; null if it is not known.</summary>
    public int? Inputs { get; init => field = Given.NullOrAtLeast(1, value, nameof(Inputs)); }

    /// <summary>Units of each hidden layer, from the input; empty if they are not known.</summary>
    public IReadOnlyList<int> Units { get; init => field = Given.NotNull(value, nameof(Units)); } = [];

    /// <summary>Units of the output layer; null if it is not known.</summary>
    public int? Outputs { get; init => field = Given.NullOrAtLeast(1, value, nameof(Outputs)); }

    /// <summary>What the output layer makes of its pre-activations; null if it is not known.</summary>
    public Output? Output { get; init; }

    /// <summary>The cost that training minimizes; null if it is not known.</summary>
    public Cost? Cost { get; init; }

    /// <summary>How the weights of each layer start, the output layer last; empty if it is not known.</summary>
    public IReadOnlyList<Initializer> Initializers { get; init => field = Given.NotNull(value, nameof(Initializers)); } = [];

    /// <summary>How biases start; null if at 0, or if it is not known.</summary>
    public Initializer? BiasInitializer { get; init; }

    /// <summary>The share of each hidden layer's activations that an update leaves out; empty if it is not known.</summary>
    public IReadOnlyList<double> Dropouts { get; init => field = Given.NotNull(value, nameof(Dropouts)); } = [];

    /// <summary>The non-linearity of all hidden layers; null if they have different ones, or if it is not a listed one.</summary>
    public Activation? SharedActivation => Activations.Count == 0 ? Activation : Activations.Distinct().Count() == 1 ? Activations[0] : null;

    /// <summary>Returns the inputs of a layer; null if they are not known.</summary>
    /// <param name="layer">1 to Depth + 1.</param>
    internal int? FanIn(int layer) => layer == 1 ? Inputs : layer - 2 < Units.Count ? Units[layer - 2] : null;

    /// <summary>Returns the units of a layer; null if they are not known.</summary>
    /// <param name="layer">1 to Depth + 1.</param>
    internal int? FanOut(int layer) => layer == Depth + 1 ? Outputs : layer - 1 < Units.Count ? Units[layer - 1] : null;

    /// <summary>Returns the non-linearity of a hidden layer; null if it is not a listed one.</summary>
    /// <param name="layer">1 to Depth.</param>
    public Activation? ActivationOf(int layer) => Given.AtLeast(1, layer, nameof(layer)) <= Activations.Count ? Activations[layer - 1] : Activation;

    /// <summary>The facts of a network.</summary>
    public static NetworkFacts From(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(network.Depth, network.Activation)
        {
            Task = network.Targets?.Kind ?? TargetKind.Classes,
            Activations = network.HiddenLayers.Count == 0 ? [] : [.. Enumerable.Range(1, network.Depth).Select(network.ActivationOf)],
            Inputs = network.Inputs, Units = network.Hidden, Outputs = network.Classes, Output = network.Output, Cost = network.Cost,
            Initializers = [.. Enumerable.Range(1, network.Layers).Select(network.InitializerOf)], BiasInitializer = network.BiasInitializer,
            Dropouts = network.HiddenLayers.Count == 0 ? [.. network.Hidden.Select(_ => 0.0)] : [.. network.HiddenLayers.Select(layer => layer.Dropout)],
        };
    }
}
