using Sonde.Training;

namespace Sonde.Records.Checkpoints;

/// <summary>The content of a checkpoint's <c>state.json</c>.</summary>
internal sealed record CheckpointState
{
    /// <summary>Updates done.</summary>
    public required long Update { get; init; }

    /// <summary>The kernels that trained up to here.</summary>
    public required string Kernels { get; init; }

    /// <summary>Steps of the optimizer.</summary>
    public long OptimizerSteps { get; init; }

    /// <summary>Training cost and errors since the last point of the train curve; doubles are written so that they read back to the bit.</summary>
    public required TrainingTally Tally { get; init; }

    /// <summary>Seconds in the update loop so far.</summary>
    public required double TrainingSeconds { get; init; }
}
