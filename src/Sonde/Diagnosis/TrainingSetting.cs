using Sonde.Data;
using Sonde.Numerics.Checks;
using Sonde.Optimizers;

namespace Sonde.Diagnosis;

/// <summary>What findings need to know of how a network is trained; null is not known.</summary>
public sealed record TrainingSetting
{
    /// <summary>The optimizer's name.</summary>
    public string? Optimizer { get; init; }

    /// <summary>The learning rate at the start.</summary>
    public double? LearningRate { get; init => field = Given.NullOrNotNegative(value, nameof(LearningRate)); }

    /// <summary>How much of the velocity remains after an update; null if the optimizer has none, or it is not known.</summary>
    public double? Momentum { get; init => field = Given.NullOrNotNegative(value, nameof(Momentum)); }

    /// <summary>Examples per update.</summary>
    public int? Batch { get; init => field = Given.NullOrAtLeast(1, value, nameof(Batch)); }

    /// <summary>Updates that are planned.</summary>
    public long? Updates { get; init => field = Given.NullOrAtLeast(0, value, nameof(Updates)); }

    /// <summary>The factor of the penalty on large parameters.</summary>
    public double? WeightDecay { get; init => field = Given.NullOrNotNegative(value, nameof(WeightDecay)); }

    /// <summary>How the learning rate changes.</summary>
    public RateSchedule? Schedule { get; init; }

    /// <summary>The dataset, and how it is scaled.</summary>
    public DatasetSetting? Data { get; init; }

    /// <summary>Different training examples; null if they never end, or it is not known.</summary>
    public long? Examples { get; init => field = Given.NullOrAtLeast(0, value, nameof(Examples)); }
}
