using Sonde.Networks;
using Sonde.Numerics.Checks;
using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Pretraining;

/// <summary>Everything that decides what pre-training computes.</summary>
/// <param name="Network">The network.</param>
/// <param name="Batch">Examples per update.</param>
/// <param name="Plan">How each layer is trained.</param>
/// <param name="Inputs">The range of the examples' values; null if nothing bounds them.</param>
/// <param name="Seed">The trial's seed: the noise follows from it.</param>
public sealed record PretrainingSetting(Network Network, int Batch, PretrainingPlan Plan, ValueRange? Inputs, ulong Seed)
{
    /// <summary>The network.</summary>
    public Network Network { get; init => field = Given.NotNull(value, nameof(Network)); } = Given.NotNull(Network, nameof(Network));

    /// <summary>Examples per update.</summary>
    public int Batch { get; init => field = Given.AtLeast(1, value, nameof(Batch)); } = Given.AtLeast(1, Batch, nameof(Batch));

    /// <summary>How each layer is trained.</summary>
    public PretrainingPlan Plan { get; init => field = Given.NotNull(value, nameof(Plan)); } = Given.NotNull(Plan, nameof(Plan));

    // Layers share a key: the layer number is above the bits of the example.
    private const int ExampleBits = 52;

    /// <summary>Returns the range of a hidden layer's inputs; null if nothing bounds them.</summary>
    /// <param name="layer">1 for the first hidden layer.</param>
    public ValueRange? RangeOf(int layer) =>
        Given.AtLeast(1, layer, nameof(layer)) == 1 ? Inputs : Network.ActivationOf(layer - 1).Range;

    /// <summary>Why the network cannot be pre-trained like this, to follow "expected": what is expected, what there is, what to do; null if
    /// it can.</summary>
    public string? Obstacle()
    {
        if (Network.Depth == 0)
            return "a network with hidden layers, got one without. Leave pre-training out.";
        if (Network.Activations.Count > 1)
            return $"one activation for all hidden layers, got {string.Join(" and ", Network.Activations)}. Leave pre-training out, or give all layers one.";
        if (!Plan.Cost.NeedsRange && !Plan.Corruption.NeedsRange)
            return null;
        var (needing, change) = Plan.Cost.NeedsRange ? (Plan.Cost.Name, "pretraining.cost: squared-distance")
            : (Plan.Corruption.Name, "pretraining.corruption: masking");
        return Enumerable.Range(1, Network.Depth).FirstOrDefault(layer => RangeOf(layer) is null) switch
        {
            0 => null,
            1 => $"examples whose values lie between 0 and 1 or -1 and 1, which {needing} needs, got values outside. Use {change}, or scale the inputs.",
            _ => $"an activation with two limits, which {needing} needs, got {Network.Activations[0]}. Use {change}, or another activation.",
        };
    }

    /// <summary>Creates zeroed decoder biases: [fan-in] of each hidden layer, from the input.</summary>
    public IReadOnlyList<float[]> NewDecoderBiases() => [.. Enumerable.Range(1, Network.Depth).Select(layer => new float[Network.FanIn(layer)])];

    /// <summary>Corrupts values of an input of a hidden layer: a function of the seed, the layer and the example.</summary>
    /// <param name="layer">1 for the first hidden layer.</param>
    /// <param name="example">Index of the example in its stream.</param>
    /// <param name="isTraining">False for the noise of evaluations, which is the same for every seed.</param>
    /// <param name="values">Consecutive values of the example, changed in place.</param>
    /// <param name="first">The index of the first of these values, from 0.</param>
    public void Corrupt(int layer, long example, bool isTraining, Span<float> values, int first = 0)
    {
        var key = isTraining ? new RandomKey(Seed, "pretraining") : new RandomKey(0, "pretraining/evaluation");
        var random = key.Stream(((ulong)layer << ExampleBits) | (ulong)example);
        random.Position = (ulong)first * (ulong)Plan.Corruption.NumbersPerValue;
        Plan.Corruption.Apply(Plan.Noise, RangeOf(layer), ref random, values);
    }
}
