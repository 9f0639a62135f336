using Sonde.Networks;
using Sonde.Numerics.Checks;
using Sonde.Numerics.Summaries;

namespace Sonde.Engines;

/// <summary>The quantities of a batch that an observation is to be filled with.</summary>
[Flags]
public enum ObservationNeeds
{
    /// <summary>Costs and predicted classes only.</summary>
    None = 0,

    /// <summary>Pre-activations s and activations z of every layer.</summary>
    Activations = 1,

    /// <summary>dCost/ds of every layer, of the cost of one example.</summary>
    BackpropagatedGradients = 2,

    /// <summary>dCost/dW of every layer, averaged over each mini-batch, summarized.</summary>
    WeightGradients = 4,

    /// <summary>The weights of every layer, summarized.</summary>
    Weights = 8,

    /// <summary>The change of every weight that the optimizer makes for each mini-batch, summarized.</summary>
    Updates = 16,

    /// <summary>The weights of every layer, one by one.</summary>
    WeightValues = 32,

    /// <summary>The biases of every layer, one by one.</summary>
    Biases = 64,

    /// <summary>The examples themselves: inputs and labels.</summary>
    Examples = 128,

    /// <summary>Everything.</summary>
    All = Activations | BackpropagatedGradients | WeightGradients | Weights | Updates | WeightValues | Biases | Examples,
}

/// <summary>The quantities of a network on some examples that engines (or a user's own arrays) fill in and probes read.</summary>
/// <param name="network">The network that was observed.</param>
/// <param name="needs">What an engine has to fill in.</param>
public sealed class Observation(Network network, ObservationNeeds needs)
{
    /// <summary>The network that was observed.</summary>
    public Network Network { get; } = network ?? throw new ArgumentNullException(nameof(network));

    /// <summary>What an engine has to fill in; arrays that are not needed are empty.</summary>
    public ObservationNeeds Needs { get; } = needs;

    /// <summary>Updates done when this was observed (for a live observation: before the current one).</summary>
    public long Update { get; set; }

    /// <summary>How many examples were observed.</summary>
    public int Examples { get; private set; }

    /// <summary>[examples, network inputs], row major.</summary>
    public float[] Inputs { get; private set; } = [];

    /// <summary>[examples], the class of each, or its row of targets.</summary>
    public int[] Labels { get; private set; } = [];

    /// <summary>[examples], the cost of each.</summary>
    public float[] Costs { get; private set; } = [];

    /// <summary>[examples], the most probable class of each.</summary>
    public int[] Predicted { get; private set; } = [];

    /// <summary>Layer i at index i - 1: the hidden layers, then the output layer.</summary>
    public IReadOnlyList<LayerObservation> Layers { get; } = [.. Enumerable.Range(1, network.Layers).Select(layer => new LayerObservation(network, layer))];

    /// <summary>Sizes all arrays for a number of examples and clears the summaries. Call it before filling the observation.</summary>
    /// <param name="examples">0 or more.</param>
    public void Reset(int examples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(examples);
        Examples = examples;
        if (Costs.Length != examples)
            (Costs, Predicted) = (new float[examples], new int[examples]);
        var copied = Has(ObservationNeeds.Examples) ? examples : 0;
        if (Labels.Length != copied)
            (Inputs, Labels) = (new float[copied * Network.Inputs], new int[copied]);
        foreach (var layer in Layers)
            layer.Reset(examples, Needs);
    }

    /// <summary>Copies the examples in, if they are needed.</summary>
    /// <param name="inputs">[Examples, network inputs], row major.</param>
    /// <param name="labels">[Examples].</param>
    /// <exception cref="ArgumentException">These are not as many examples as <see cref="Reset"/> was called with.</exception>
    public void CopyExamples(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels)
    {
        if (labels.Length != Examples || inputs.Length != (long)Examples * Network.Inputs)
            throw new ArgumentException($"Expected {Examples} labels and {Examples} examples x {Network.Inputs} values, got {labels.Length} labels and "
                + $"{inputs.Length} values. Call Reset with the number of examples first.", nameof(inputs));
        if (!Has(ObservationNeeds.Examples))
            return;
        inputs.CopyTo(Inputs);
        labels.CopyTo(Labels);
    }

    /// <summary>True if all of these are needed.</summary>
    public bool Has(ObservationNeeds needs) => (Needs & needs) == needs;
}

/// <summary>The quantities of one layer.</summary>
public sealed class LayerObservation
{
    // Null for a softmax.
    private readonly Activation? activation;
    private ValueSummary? preactivationSummary, activationSummary, backpropagatedGradientSummary;

    internal LayerObservation(Network network, int layer)
    {
        Layer = layer;
        IsOutput = layer == network.Layers;
        (Inputs, Units) = (network.FanIn(layer), network.FanOut(layer));
        activation = layer == network.Layers ? network.Output.Activation : network.ActivationOf(layer);
    }

    /// <summary>1 for the first hidden layer; the output layer is the depth + 1.</summary>
    public int Layer { get; }

    /// <summary>True for the output layer, whose activations are the outputs, such as P(y|x) of a softmax.</summary>
    public bool IsOutput { get; }

    /// <summary>Inputs of the layer.</summary>
    public int Inputs { get; }

    /// <summary>Units of the layer.</summary>
    public int Units { get; }

    /// <summary>s, [examples, Units], row major.</summary>
    public float[] Preactivation { get; private set; } = [];

    /// <summary>z = f(s), [examples, Units], row major.</summary>
    public float[] Activation { get; private set; } = [];

    /// <summary>dCost/ds of the cost of each example, [examples, Units], row major.</summary>
    public float[] BackpropagatedGradient { get; private set; } = [];

    /// <summary>W, before the update: [Inputs, Units], row major.</summary>
    public float[] WeightValues { get; private set; } = [];

    /// <summary>b, before the update: [Units].</summary>
    public float[] Biases { get; private set; } = [];

    /// <summary>Statistics of <see cref="Preactivation"/>, computed at the first call.</summary>
    public ValueSummary PreactivationSummary => preactivationSummary ??= ValueSummary.Of(Preactivation);

    /// <summary>Statistics of <see cref="Activation"/>, computed at the first call. The histogram spans the activation's range if it has both
    /// limits.</summary>
    public ValueSummary ActivationSummary => activationSummary ??= ValueSummary.Of(Activation, Range.Low, Range.High);

    /// <summary>Statistics of <see cref="BackpropagatedGradient"/>, computed at the first call.</summary>
    public ValueSummary BackpropagatedGradientSummary => backpropagatedGradientSummary ??= ValueSummary.Of(BackpropagatedGradient);

    /// <summary>dCost/dW over all mini-batches. In a live observation, mean and sd are of all entries, everything else of a fixed sample of 65,536 or more
    /// (all, in a smaller layer): percentiles then err by some 0.005 standard deviations, the 2nd and the 98th by three times that.</summary>
    public ValueSummary WeightGradient { get; set => field = Given.NotNull(value, nameof(WeightGradient)); } = ValueSummary.Empty;

    /// <summary>W, before the update; in a live observation, of the same sample.</summary>
    public ValueSummary Weight { get; set => field = Given.NotNull(value, nameof(Weight)); } = ValueSummary.Empty;

    /// <summary>The change of W that the optimizer makes for each mini-batch, before it is rounded into W; in a live observation, of the same sample.</summary>
    public ValueSummary Update { get; set => field = Given.NotNull(value, nameof(Update)); } = ValueSummary.Empty;

    private (double? Low, double? High) Range =>
        activation is null ? (0, 1) : activation is { Lower: double low, Upper: double high } ? (low, high) : (null, null);

    /// <summary>Computes the statistics ahead of time, with the tables of the calling thread.</summary>
    internal void SummarizeActivation(TallyWorker worker) => activationSummary = ValueSummary.Of(Activation, Range.Low, Range.High, worker);

    /// <inheritdoc cref="SummarizeActivation"/>
    internal void SummarizePreactivation(TallyWorker worker) => preactivationSummary = ValueSummary.Of(Preactivation, null, null, worker);

    /// <inheritdoc cref="SummarizeActivation"/>
    internal void SummarizeBackpropagatedGradient(TallyWorker worker) =>
        backpropagatedGradientSummary = ValueSummary.Of(BackpropagatedGradient, null, null, worker);

    internal void Reset(int examples, ObservationNeeds needs)
    {
        var activations = (needs & ObservationNeeds.Activations) != 0 ? examples * Units : 0;
        if (Preactivation.Length != activations)
            (Preactivation, Activation) = (new float[activations], new float[activations]);
        var gradients = (needs & ObservationNeeds.BackpropagatedGradients) != 0 ? examples * Units : 0;
        if (BackpropagatedGradient.Length != gradients)
            BackpropagatedGradient = new float[gradients];
        var weights = (needs & ObservationNeeds.WeightValues) != 0 ? Inputs * Units : 0;
        if (WeightValues.Length != weights)
            WeightValues = new float[weights];
        var biases = (needs & ObservationNeeds.Biases) != 0 ? Units : 0;
        if (Biases.Length != biases)
            Biases = new float[biases];
        (preactivationSummary, activationSummary, backpropagatedGradientSummary) = (null, null, null);
        (WeightGradient, Weight, Update) = (ValueSummary.Empty, ValueSummary.Empty, ValueSummary.Empty);
    }
}
