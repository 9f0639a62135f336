using Sonde.Networks;
using Sonde.Numerics;

namespace Sonde.Training.Pretraining;

/// <summary>Unsupervised pre-training: before the first supervised update each hidden layer in turn, from the input, is trained as a denoising autoencoder
/// with tied weights on what the layers below it make of the training examples. Sources: [Vincent2008], section 2.3; [Vincent2010], section 3.4.</summary>
public sealed record PretrainingPlan
{
    /// <summary>Updates of each hidden layer, of mini-batches as large as the supervised ones.</summary>
    public required long Updates { get; init; }

    /// <summary>Step size of plain gradient descent.</summary>
    public float LearningRate { get; init; } = 0.001f;

    /// <summary>How inputs of a layer are corrupted.</summary>
    public Corruption Corruption { get; init; } = CorruptionList.All[0];

    /// <summary>How much: a share of a layer's inputs, or a standard deviation.</summary>
    public float Noise { get; init; } = 0.25f;

    /// <summary>What a reconstruction costs.</summary>
    public Reconstruction Reconstruction { get; init; } = ReconstructionList.All[0];

    /// <summary>What the inputs of hidden layer 1, 2, ... lie between; null where nothing bounds them.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">What the examples' values lie between.</param>
    /// <param name="layer">1 for the first hidden layer.</param>
    public static ValueRange? RangeOf(Network network, ValueRange? inputs, int layer)
    {
        ArgumentNullException.ThrowIfNull(network);
        return layer == 1 ? inputs : network.Activation.Range;
    }

    /// <summary>Why a network cannot be pre-trained like this, to follow "expected": what is expected, what there is, what to do; null where it can.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">What the examples' values lie between; null where nothing bounds them.</param>
    public string? Obstacle(Network network, ValueRange? inputs)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (network.Depth == 0)
            return "a network with hidden layers, got one without. Leave pre-training out.";
        var (needing, change) = Reconstruction.NeedsRange ? (Reconstruction.Name, "pretraining.cost: quadratic")
            : (Corruption.Name, "pretraining.corruption: masking");
        if (!Reconstruction.NeedsRange && !Corruption.NeedsRange)
            return null;
        var unbounded = Enumerable.Range(1, network.Depth).FirstOrDefault(layer => RangeOf(network, inputs, layer) is null);
        return unbounded switch
        {
            0 => null,
            1 => $"examples whose values lie between 0 and 1 or -1 and 1, which {needing} needs, got values outside. Take {change}, or scale the inputs.",
            _ => $"an activation with two limits, which {needing} needs, got {network.Activation}. Take {change}, or another activation.",
        };
    }
}
