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

    /// <summary>The non-linearity of all hidden layers; null if they have different ones, or if it is not a listed one.</summary>
    public Activation? SharedActivation => Activations.Count == 0 ? Activation : Activations.Distinct().Count() == 1 ? Activations[0] : null;

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
        };
    }
}
