using Sonde.Data;
using Sonde.Networks;
using Sonde.Numerics.Checks;
using Sonde.Optimizers;

namespace Sonde.Diagnosis.Remedies;

/// <summary>A change of a trial's setting, as types; what is null stays as it is. <c>Sonde.Studies</c> writes it as fields of a study.</summary>
public sealed record SettingChange
{
    /// <summary>How inputs are scaled.</summary>
    public InputScaling? InputScale { get; init; }

    /// <summary>True to scale numeric targets to mean 0 and sd 1.</summary>
    public bool? StandardizesTargets { get; init; }

    /// <summary>True to weigh the cost of each class by the inverse of its share.</summary>
    public bool? BalancesClasses { get; init; }

    /// <summary>Units of each hidden layer, from the input; empty for none.</summary>
    public IReadOnlyList<int>? Units { get; init; }

    /// <summary>The non-linearity of hidden layers.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The hidden layers that get <see cref="Activation"/>, from 1; empty for all.</summary>
    public IReadOnlyList<int> ActivationLayers { get; init => field = Given.NotNull(value, nameof(ActivationLayers)); } = [];

    /// <summary>How the weights of all layers start.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>True to start biases at 0.</summary>
    public bool? ZeroesBiases { get; init; }

    /// <summary>The share of every hidden layer's activations that an update leaves out.</summary>
    public double? Dropout { get; init => field = Given.NullOrNotNegative(value, nameof(Dropout)); }

    /// <summary>What the output layer makes of its pre-activations.</summary>
    public Output? Output { get; init; }

    /// <summary>Units of the output layer.</summary>
    public int? Outputs { get; init => field = Given.NullOrAtLeast(1, value, nameof(Outputs)); }

    /// <summary>The cost that training minimizes.</summary>
    public Cost? Cost { get; init; }

    /// <summary>The kind of optimizer. Its step size is <see cref="LearningRate"/> or, if that is null, its usual one.</summary>
    public OptimizerKind? Optimizer { get; init; }

    /// <summary>The step size.</summary>
    public double? LearningRate { get; init => field = Given.NullOrNotNegative(value, nameof(LearningRate)); }

    /// <summary>How the learning rate changes, decay included.</summary>
    public RateSchedule? Schedule { get; init; }

    /// <summary>Examples per update.</summary>
    public int? Batch { get; init => field = Given.NullOrAtLeast(1, value, nameof(Batch)); }

    /// <summary>Updates in all.</summary>
    public long? Updates { get; init => field = Given.NullOrAtLeast(1, value, nameof(Updates)); }

    /// <summary>The factor of the penalty on large parameters.</summary>
    public double? WeightDecay { get; init => field = Given.NullOrNotNegative(value, nameof(WeightDecay)); }

    /// <summary>How many things it changes: its cost, when it is compared with another change. An optimizer and its rate are one.</summary>
    public int Size
    {
        get
        {
            object?[] all =
            [
                InputScale, StandardizesTargets, BalancesClasses, Units, Activation, Initializer, ZeroesBiases, Dropout, Output, Outputs, Cost, Optimizer,
                Optimizer is null ? LearningRate : null, Schedule, Batch, Updates, WeightDecay,
            ];
            return all.Count(change => change is not null);
        }
    }

    /// <summary>Returns both changes as one. Where both change the same thing, this one counts.</summary>
    /// <param name="other">The other change.</param>
    public SettingChange With(SettingChange other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new()
        {
            InputScale = InputScale ?? other.InputScale, StandardizesTargets = StandardizesTargets ?? other.StandardizesTargets,
            BalancesClasses = BalancesClasses ?? other.BalancesClasses, Units = Units ?? other.Units, Activation = Activation ?? other.Activation,
            ActivationLayers = Activation is null ? other.ActivationLayers : ActivationLayers, Initializer = Initializer ?? other.Initializer,
            ZeroesBiases = ZeroesBiases ?? other.ZeroesBiases, Dropout = Dropout ?? other.Dropout,
            Output = Output ?? other.Output, Outputs = Outputs ?? other.Outputs, Cost = Cost ?? other.Cost,
            Optimizer = Optimizer ?? other.Optimizer,
            // A rate belongs to its optimizer.
            LearningRate = LearningRate ?? (Optimizer is null || other.Optimizer == Optimizer ? other.LearningRate : null),
            Schedule = Schedule ?? other.Schedule, Batch = Batch ?? other.Batch, Updates = Updates ?? other.Updates,
            WeightDecay = WeightDecay ?? other.WeightDecay,
        };
    }
}
