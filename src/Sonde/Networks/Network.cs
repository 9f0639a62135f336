namespace Sonde.Networks;

/// <summary>A deep feedforward network: hidden layers of one activation and a softmax output layer (paper, section 2.3).</summary>
/// <param name="Inputs">Values per example, 1 or more.</param>
/// <param name="Hidden">Units of each hidden layer, from the input, each 1 or more; may be empty (softmax regression).</param>
/// <param name="Classes">Units of the output layer, 2 or more.</param>
/// <param name="Activation">The non-linearity of all hidden layers.</param>
/// <param name="Initializer">The rule by which all weights start.</param>
/// <param name="Cost">The cost that training minimizes.</param>
/// <exception cref="ArgumentNullException">An argument is null.</exception>
/// <exception cref="ArgumentOutOfRangeException">A size is below its least value.</exception>
public sealed record Network(
    int Inputs, IReadOnlyList<int> Hidden, int Classes, Activation Activation, Initializer Initializer, Cost Cost)
{
    /// <summary>Values per example.</summary>
    public int Inputs { get; init => field = AtLeast(1, value, "inputs"); } = AtLeast(1, Inputs, "inputs");

    /// <summary>Units of each hidden layer, from the input.</summary>
    public IReadOnlyList<int> Hidden { get; init => field = Widths(value); } = Widths(Hidden);

    /// <summary>Units of the output layer.</summary>
    public int Classes { get; init => field = AtLeast(2, value, "classes"); } = AtLeast(2, Classes, "classes");

    /// <summary>The non-linearity of all hidden layers.</summary>
    public Activation Activation { get; init => field = value ?? throw new ArgumentNullException(nameof(Activation)); } =
        Activation ?? throw new ArgumentNullException(nameof(Activation));

    /// <summary>The rule by which all weights start.</summary>
    public Initializer Initializer { get; init => field = value ?? throw new ArgumentNullException(nameof(Initializer)); } =
        Initializer ?? throw new ArgumentNullException(nameof(Initializer));

    /// <summary>The cost that training minimizes.</summary>
    public Cost Cost { get; init => field = value ?? throw new ArgumentNullException(nameof(Cost)); } = Cost ?? throw new ArgumentNullException(nameof(Cost));

    /// <summary>Number of hidden layers, the paper's depth.</summary>
    public int Depth => Hidden.Count;

    /// <summary>Number of layers with weights: the hidden ones, numbered 1..Depth, and the output layer, Depth + 1.</summary>
    public int Layers => Hidden.Count + 1;

    /// <summary>Hidden widths as study files write them: <c>1000x5</c>, or <c>500,300</c> if they differ.</summary>
    public string HiddenText => Hidden.Count > 0 && Hidden.All(w => w == Hidden[0]) ? $"{Hidden[0]}x{Hidden.Count}" : string.Join(',', Hidden);

    /// <summary>All sizes, from the inputs to the classes: <c>2-3-2</c>. Messages name a network by it.</summary>
    public string ShapeText => string.Join('-', [Inputs, .. Hidden, Classes]);

    /// <summary>True if the other network has layers of the same sizes, so that the same parameters fit it.</summary>
    public bool HasShapeOf(Network other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Inputs != other.Inputs || Classes != other.Classes || Hidden.Count != other.Hidden.Count)
            return false;
        for (var index = 0; index < Hidden.Count; index++)
            if (Hidden[index] != other.Hidden[index])
                return false;
        return true;
    }

    /// <summary>Returns the inputs of a layer.</summary>
    /// <param name="layer">1 to <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public int FanIn(int layer) => Checked(layer) == 1 ? Inputs : Hidden[layer - 2];

    /// <summary>Returns the units of a layer.</summary>
    /// <param name="layer">1 to <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public int FanOut(int layer) => Checked(layer) == Layers ? Classes : Hidden[layer - 1];

    private int Checked(int layer) => layer >= 1 && layer <= Layers ? layer : throw new ArgumentOutOfRangeException(
        nameof(layer), layer,
        $"Expected a layer from 1 to {Layers} of the network {ShapeText}, got {layer}. Layers count from 1; the output layer is the last.");

    private static int AtLeast(int least, int value, string name) => value >= least ? value : throw new ArgumentOutOfRangeException(
        name, value, $"Expected {least} or more {name}, got {value}. Make a network of the data's shape.");

    private static IReadOnlyList<int> Widths(IReadOnlyList<int> hidden)
    {
        ArgumentNullException.ThrowIfNull(hidden);
        foreach (var (index, width) in hidden.Index())
            if (width < 1)
                throw new ArgumentOutOfRangeException(
                    nameof(hidden), width, $"Expected 1 or more units in hidden layer {index + 1}, got {width}. Leave the layer out, or give it units.");
        // A copy: the caller may change the list.
        return [.. hidden];
    }
}
