using Sonde.Numerics.Checks;

namespace Sonde.Pretraining;

/// <summary>Unsupervised pre-training: before the first supervised update each hidden layer in turn, from the input, is trained as a denoising autoencoder
/// with tied weights on what the layers below it make of the training examples. Sources: [Vincent2008], section 2.3; [Vincent2010], section 3.4.</summary>
public sealed record PretrainingPlan
{
    /// <summary>Updates of each hidden layer, on mini-batches of the supervised size.</summary>
    public required long Updates { get; init => field = Given.AtLeast(1, value, nameof(Updates)); }

    /// <summary>Step size of plain gradient descent.</summary>
    public float LearningRate { get; init => field = Given.Positive(value, nameof(LearningRate)); } = 0.001f;

    /// <summary>How the inputs of a layer are corrupted.</summary>
    public Corruption Corruption { get; init => field = Given.NotNull(value, nameof(Corruption)); } = CorruptionList.All[0];

    /// <summary>How much they are corrupted: a share of a layer's inputs, or a standard deviation.</summary>
    public float Noise { get; init => field = Given.NotNegative(value, nameof(Noise)); } = 0.25f;

    /// <summary>The cost of a reconstruction.</summary>
    public ReconstructionCost Cost { get; init => field = Given.NotNull(value, nameof(Cost)); } = ReconstructionCostList.All[0];

    /// <summary>Returns the updates of all hidden layers together.</summary>
    /// <param name="depth">Hidden layers.</param>
    public long UpdatesOf(int depth) => Given.AtLeast(0, depth, nameof(depth)) * Updates;
}
