using Sonde.Numerics.Checks;

namespace Sonde.Training;

/// <summary>How long a trial trains and what happens when; every count is in updates unless it says otherwise.</summary>
public sealed record TrainingPlan
{
    /// <summary>Supervised updates in all.</summary>
    public required long Updates { get; init => field = Given.AtLeast(0, value, nameof(Updates)); }

    /// <summary>Examples per update.</summary>
    public int Batch { get; init => field = Given.AtLeast(1, value, nameof(Batch)); } = 10;

    /// <summary>True if the last mini-batch of each pass over finite data is smaller if need be, as in most frameworks; false if it takes its missing examples
    /// from the next pass.</summary>
    public bool IsLastBatchShort { get; init; }

    /// <summary>The trial's seed: initial weights and the order of training examples follow from it.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Errors and costs are taken at every multiple of this, at 0 and at the end.</summary>
    public long EvaluateEvery { get; init => field = Given.AtLeast(1, value, nameof(EvaluateEvery)); } = 5000;

    /// <summary>How many validation and how many test examples an evaluation uses, at most.</summary>
    public int EvaluationExamples { get; init => field = Given.AtLeast(1, value, nameof(EvaluationExamples)); } = 10_000;

    /// <summary>A checkpoint is due at every multiple of this and at the end.</summary>
    public long CheckpointEvery { get; init => field = Given.AtLeast(1, value, nameof(CheckpointEvery)); } = 5000;
}
