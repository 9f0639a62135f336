using Sonde.Networks;

namespace Sonde.Interop.Watching;

/// <summary>What is known of one layer of a network that Sonde did not make.</summary>
/// <param name="Inputs">Inputs of each unit.</param>
/// <param name="Units">Units, or channels.</param>
/// <param name="Activation">The function behind it; null if it is unknown or one that Sonde does not list.</param>
/// <param name="Output">What the output layer makes of its pre-activations; null for hidden layers.</param>
internal sealed record LayerShape(int Inputs, int Units, Activation? Activation, Output? Output = null)
{
    /// <summary>True for an output layer whose activations are P(y|x).</summary>
    public bool IsSoftmax => Output is { IsSoftmax: true };
}
