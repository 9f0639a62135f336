using Sonde.Data;

namespace Sonde.Networks;

/// <summary>A deep feedforward network: hidden layers and a softmax output layer (paper, section 2.3).</summary>
/// <param name="Inputs">Values per example, 1 or more.</param>
/// <param name="Hidden">Units of each hidden layer, from the input, each 1 or more; may be empty (softmax regression).</param>
/// <param name="Classes">Units of the output layer, 1 or more: one for each class, unless <see cref="Targets"/> say otherwise.</param>
/// <param name="Activation">The non-linearity of hidden layers, if no other is given for a layer.</param>
/// <param name="Initializer">The rule by which weights start, if no other is given for their layer.</param>
/// <param name="Cost">The cost that training minimizes.</param>
/// <exception cref="ArgumentNullException">An argument is null.</exception>
/// <exception cref="ArgumentOutOfRangeException">A size is below its least value.</exception>
public sealed record Network(
    int Inputs, IReadOnlyList<int> Hidden, int Classes, Activation Activation, Initializer Initializer, Cost Cost)
{
    /// <summary>Values per example.</summary>
    public int Inputs { get; init => field = AtLeast(1, value, "inputs"); } = AtLeast(1, Inputs, "inputs");

    /// <summary>Units of each hidden layer, from the input.</summary>
    public IReadOnlyList<int> Hidden
    {
        get;
        init
        {
            field = Widths(value);
            // What layers of other widths said does not hold for these.
            if (!HiddenLayers.Select(layer => layer.Units).SequenceEqual(value))
                HiddenLayers = [];
        }
    } = Widths(Hidden);

    /// <summary>Units of the output layer.</summary>
    public int Classes { get; init => field = AtLeast(1, value, "classes"); } = AtLeast(1, Classes, "classes");

    /// <summary>The non-linearity of hidden layers, if no other is given for a layer.</summary>
    public Activation Activation { get; init => field = value ?? throw new ArgumentNullException(nameof(Activation)); } =
        Activation ?? throw new ArgumentNullException(nameof(Activation));

    /// <summary>The rule by which weights start, if no other is given for their layer.</summary>
    public Initializer Initializer { get; init => field = value ?? throw new ArgumentNullException(nameof(Initializer)); } =
        Initializer ?? throw new ArgumentNullException(nameof(Initializer));

    /// <summary>What single hidden layers say themselves, from the input; empty if none says more than its width.</summary>
    /// <exception cref="ArgumentException">These are other layers than <see cref="Hidden"/> says.</exception>
    public IReadOnlyList<HiddenLayer> HiddenLayers
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(HiddenLayers));
            if (value.Count > 0 && !value.Select(layer => layer.Units).SequenceEqual(Hidden))
                throw new ArgumentException($"Expected hidden layers of {HiddenText} units, got {HiddenLayer.TextOf(value)}. Give both of one network.",
                    nameof(HiddenLayers));
            field = value.All(layer => layer.IsPlain) ? [] : value;
        }
    } = [];

    /// <summary>The rule by which the weights of layer 1 start; null for that of the others. Without hidden layers, layer 1 is the output layer.</summary>
    public Initializer? FirstInitializer { get; init; }

    /// <summary>The rule by which the weights of the output layer start; null for that of the others.</summary>
    public Initializer? OutputInitializer { get; init; }

    /// <summary>The rule by which the biases of every layer start; null for 0.</summary>
    /// <exception cref="NotSupportedException">Biases cannot start by it.</exception>
    public Initializer? BiasInitializer
    {
        get;
        init
        {
            value?.CheckBiases();
            field = value;
        }
    }

    /// <summary>The cost that training minimizes.</summary>
    public Cost Cost { get; init => field = value ?? throw new ArgumentNullException(nameof(Cost)); } = Cost ?? throw new ArgumentNullException(nameof(Cost));

    /// <summary>What the output layer makes of its pre-activations; a softmax, if nothing else is said.</summary>
    public Output Output { get; init => field = value ?? throw new ArgumentNullException(nameof(Output)); } = OutputList.Softmax;

    /// <summary>What the outputs are compared with: the row of each label. Null if labels are classes, one for each unit of the output layer.</summary>
    /// <exception cref="ArgumentException">The rows have another number of values than the output layer has units.</exception>
    public TargetTable? Targets
    {
        get;
        init => field = value is null || value.Outputs == Classes ? value : throw new ArgumentException(
            $"Expected targets of {Classes} values, one for each output, got {value.Outputs}. Make them with {nameof(TargetTable.ForOutputs)}.",
            nameof(Targets));
    }

    /// <summary>What the cost of an example of each class is multiplied by; null for 1. With one output of yes or no, the classes are no and yes.</summary>
    /// <exception cref="ArgumentException">A weight is negative or not finite.</exception>
    public IReadOnlyList<float>? ClassWeights
    {
        get;
        init => field = value is null || value.All(weight => weight >= 0 && float.IsFinite(weight)) ? value : throw new ArgumentException(
            $"Expected finite weights of classes, 0 or more, got {string.Join(", ", value)}. Correct them.", nameof(ClassWeights));
    }

    /// <summary>How many labels there are: classes, or rows of targets.</summary>
    public int Labels => Targets?.Rows ?? Classes;

    /// <summary>What is wrong with the pair of cost and output, with the cure, in one sentence; null if they fit together. Such a network trains all the
    /// same.</summary>
    public string? Mismatch => Cost.FindMismatch(Output, Classes)
        ?? (Targets is { Kind: not TargetKind.Classes } ? OutputRange.FindMismatch(Output, Targets) : null);

    /// <summary>Number of hidden layers, the paper's depth.</summary>
    public int Depth => Hidden.Count;

    /// <summary>Number of layers with weights: the hidden ones, numbered 1..Depth, and the output layer, Depth + 1.</summary>
    public int Layers => Hidden.Count + 1;

    /// <summary>The hidden layers as study files write them: <c>1000x5</c>, <c>500,300</c> if widths differ, <c>512 relu he, 64x3 tanh</c> if layers say
    /// more.</summary>
    public string HiddenText => HiddenLayer.TextOf(HiddenLayers.Count > 0 ? HiddenLayers : [.. Hidden.Select(units => new HiddenLayer(units))]);

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

    /// <summary>Returns the rule by which the weights of a layer start. In a network of one layer that of the output layer comes first.</summary>
    /// <param name="layer">1 to <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Initializer InitializerOf(int layer) => (Own(layer)?.Initializer
        ?? (layer == Layers ? OutputInitializer : null) ?? (layer == 1 ? FirstInitializer : null) ?? Initializer).For(ActivationOf(Math.Max(1, layer - 1)));

    /// <summary>Returns the rule by which the biases of a layer start; null for 0.</summary>
    /// <param name="layer">1 to <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Initializer? BiasInitializerOf(int layer)
    {
        var ofWeights = InitializerOf(layer);
        return BiasInitializer ?? ofWeights.Biases;
    }

    /// <summary>Returns the non-linearity of a hidden layer; for the output layer, that of the network.</summary>
    /// <param name="layer">1 to <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public Activation ActivationOf(int layer) => Own(layer)?.Activation ?? Activation;

    /// <summary>Returns true if training leaves the weights and biases of a layer as they start.</summary>
    /// <param name="layer">1 to <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public bool IsFrozen(int layer) => Own(layer) is { IsFrozen: true };

    /// <summary>The non-linearities of the hidden layers, each once, from the input.</summary>
    public IReadOnlyList<Activation> Activations => Depth == 0 ? [Activation] : [.. Enumerable.Range(1, Depth).Select(ActivationOf).Distinct()];

    /// <summary>Returns the variance that a weight of a layer starts with.</summary>
    /// <param name="layer">1 to <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public double WeightVariance(int layer) => InitializerOf(layer).Variance(FanIn(layer), FanOut(layer));

    /// <summary>Returns the variance that a bias of a layer starts with.</summary>
    /// <param name="layer">1 to <see cref="Layers"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such layer.</exception>
    public double BiasVariance(int layer)
    {
        var (inputs, units) = (FanIn(layer), FanOut(layer));
        return BiasInitializerOf(layer)?.Variance(inputs, units) ?? 0;
    }

    /// <summary>True if biases start at other values than 0.</summary>
    public bool HasBiases => BiasInitializer is { Mean: not 0 } || Enumerable.Range(1, Layers).Any(layer => BiasVariance(layer) != 0);

    /// <summary>How weights and biases start, in words: <c>standard</c>, or <c>standard (output normalized, biases constant(0.1))</c>.</summary>
    public string InitializerText
    {
        get
        {
            string[] others = [.. Others().Where(other => other.Rule is not null).Select(other => $"{other.Of} {other.Rule}")];
            return others.Length == 0 ? Initializer.Name : $"{Initializer} ({string.Join(", ", others)})";

            (Initializer? Rule, string Of)[] Others() => [(FirstInitializer, "first"), (OutputInitializer, "output"), (BiasInitializer, "biases")];
        }
    }

    private HiddenLayer? Own(int layer) => Checked(layer) <= HiddenLayers.Count ? HiddenLayers[layer - 1] : null;

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
