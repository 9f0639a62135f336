using Sonde.Networks;
using Sonde.Numerics.Checks;

namespace Sonde.Diagnosis;

/// <summary>What findings need to know of a network.</summary>
/// <param name="Depth">Number of hidden layers, 1..Depth in the rows.</param>
/// <param name="Activation">The non-linearity of the hidden layers; null if it is not a listed one.</param>
public sealed record NetworkFacts(int Depth, Activation? Activation)
{
    /// <summary>Number of hidden layers, 1..Depth in the rows.</summary>
    public int Depth { get; init => field = Given.AtLeast(0, value, nameof(Depth)); } = Given.AtLeast(0, Depth, nameof(Depth));

    /// <summary>The facts of a network.</summary>
    public static NetworkFacts From(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return new(network.Depth, network.Activation);
    }
}
