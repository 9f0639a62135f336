namespace Sonde.Networks;

/// <summary>A deep feedforward network: hidden layers of one activation and a softmax output layer (paper, section 2.3).</summary>
/// <param name="Inputs">Values per example.</param>
/// <param name="Hidden">Units of each hidden layer, from the input; may be empty (softmax regression).</param>
/// <param name="Classes">Units of the output layer, 2 or more.</param>
/// <param name="Activation">The non-linearity of all hidden layers.</param>
/// <param name="Initializer">How all weights start.</param>
/// <param name="Cost">What is minimized.</param>
public sealed record Network(
    int Inputs, IReadOnlyList<int> Hidden, int Classes, Activation Activation, Initializer Initializer, Cost Cost)
{
    /// <summary>Number of hidden layers, the paper's depth.</summary>
    public int Depth => Hidden.Count;

    /// <summary>Number of layers with weights: the hidden ones, numbered 1..Depth, and the output layer, Depth + 1.</summary>
    public int Layers => Hidden.Count + 1;

    /// <summary>Returns the inputs of layer 1..Layers.</summary>
    public int FanIn(int layer) => layer == 1 ? Inputs : Hidden[layer - 2];

    /// <summary>Returns the units of layer 1..Layers.</summary>
    public int FanOut(int layer) => layer == Layers ? Classes : Hidden[layer - 1];

    /// <summary>Hidden widths as study files write them: <c>1000x5</c>, or <c>500,300</c> if they differ.</summary>
    public string HiddenText => Hidden.Count > 0 && Hidden.All(w => w == Hidden[0]) ? $"{Hidden[0]}x{Hidden.Count}" : string.Join(',', Hidden);
}
