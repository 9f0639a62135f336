using System.Text.Json.Serialization;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Checks;
using Sonde.Optimizers;

namespace Sonde.Training;

/// <summary>Everything needed to resume as if training had never stopped.</summary>
/// <param name="Update">Updates done, below 0 in pre-training; everything due at this update has been recorded.</param>
/// <param name="Kernels">The kernels that trained so far; others may round differently.</param>
/// <param name="Parameters">Weights and biases.</param>
/// <param name="OptimizerState">What the optimizer remembers.</param>
/// <param name="Tally">Training cost and errors since the last point of the train curve.</param>
/// <param name="TrainingSeconds">Seconds in the update loop so far.</param>
public sealed record Checkpoint(
    long Update, string Kernels, Parameters Parameters, OptimizerState OptimizerState, TrainingTally Tally, double TrainingSeconds)
{
    /// <summary>The kernels that trained so far; others may round differently.</summary>
    public string Kernels { get; init => field = Given.NotNull(value, nameof(Kernels)); } = Given.NotNull(Kernels, nameof(Kernels));

    /// <summary>Weights and biases.</summary>
    public Parameters Parameters { get; init => field = Given.NotNull(value, nameof(Parameters)); } = Given.NotNull(Parameters, nameof(Parameters));

    /// <summary>What the optimizer remembers.</summary>
    public OptimizerState OptimizerState { get; init => field = Given.NotNull(value, nameof(OptimizerState)); } =
        Given.NotNull(OptimizerState, nameof(OptimizerState));

    /// <summary>[fan-in] of each hidden layer, from the input: the decoders of a network under pre-training; null once that is over.</summary>
    public IReadOnlyList<float[]>? DecoderBiases { get; init; }
}

/// <summary>Running sums over mini-batches.</summary>
/// <param name="CostSum">Sum of mean batch costs.</param>
/// <param name="Misclassified">Examples misclassified.</param>
/// <param name="Batches">Mini-batches.</param>
public readonly record struct TrainingTally(double CostSum, long Misclassified, long Batches)
{
    /// <summary>The tally with one more mini-batch.</summary>
    public TrainingTally With(BatchResult result) => new(CostSum + result.Cost, Misclassified + result.Misclassified, Batches + 1)
    {
        DeviationSum = DeviationSum + result.Deviation, AbsoluteSum = AbsoluteSum + result.AbsoluteDeviation,
    };

    /// <summary>Sum of <see cref="BatchResult.Deviation"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double DeviationSum { get; init; }

    /// <summary>Sum of <see cref="BatchResult.AbsoluteDeviation"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public double AbsoluteSum { get; init; }
}
