using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary><c>m := beta1 m + (1 - beta1) g</c>, <c>v := beta2 v + (1 - beta2) g^2</c>,
/// <c>theta := theta - learningRate * (m / (1 - beta1^t)) / (sqrt(v / (1 - beta2^t)) + epsilon)</c>. Source: [Kingma2015], algorithm 1.</summary>
/// <param name="LearningRate">The paper's epsilon, finite and above 0.</param>
/// <param name="Beta1">How much of the mean of gradients remains after an update, 0 or more and below 1.</param>
/// <param name="Beta2">How much of the mean of their squares remains after an update, 0 or more and below 1.</param>
/// <param name="Epsilon">Added to the root, above 0.</param>
public readonly record struct Adam(float LearningRate, float Beta1, float Beta2, float Epsilon) : IOptimizer<Adam>
{
    /// <summary>The paper's epsilon.</summary>
    public float LearningRate { get; init => field = OptimizerCheck.Positive(value, nameof(LearningRate)); } =
        OptimizerCheck.Positive(LearningRate, nameof(LearningRate));

    /// <summary>How much of the mean of gradients remains after an update.</summary>
    public float Beta1 { get; init => field = OptimizerCheck.Share(value, nameof(Beta1)); } = OptimizerCheck.Share(Beta1, nameof(Beta1));

    /// <summary>How much of the mean of their squares remains after an update.</summary>
    public float Beta2 { get; init => field = OptimizerCheck.Share(value, nameof(Beta2)); } = OptimizerCheck.Share(Beta2, nameof(Beta2));

    /// <summary>Added to the root.</summary>
    public float Epsilon { get; init => field = OptimizerCheck.Positive(value, nameof(Epsilon)); } = OptimizerCheck.Positive(Epsilon, nameof(Epsilon));

    /// <summary>The kind that study files name. The defaults are the source's but for the learning rate, a tenth of its 0.001, which saturates
    /// the paper's network within 4,000 updates.</summary>
    public static OptimizerKind Kind { get; } = OptimizerKind.Of(
        "adam", 1e-4,
        [new("beta1", 0.9, SettingRange.Share), new("beta2", 0.999, SettingRange.Share), new("epsilon", 1e-8, SettingRange.Positive)],
        (learningRate, value) => new Adam(learningRate, value("beta1"), value("beta2"), value("epsilon")));

    /// <inheritdoc/>
    public static string? FirstMemory => "mean";

    /// <inheritdoc/>
    public static string? SecondMemory => "square";

    /// <summary>True to add epsilon before the bias correction of the root, which then divides epsilon too: Keras' form.</summary>
    public bool CorrectsEpsilon { get; init; }

    private float UsedEpsilon { get; init; } = Epsilon;

    // 1 / (1 - beta1^t), and the root of 1 / (1 - beta2^t).
    private float MeanCorrection { get; init; } = 1;

    private float RootCorrection { get; init; } = 1;

    /// <inheritdoc/>
    public static Adam At(Adam settings, long step) => settings with
    {
        MeanCorrection = (float)(1 / (1 - Math.Pow(settings.Beta1, step))),
        RootCorrection = (float)Math.Sqrt(1 / (1 - Math.Pow(settings.Beta2, step))),
        UsedEpsilon = settings.CorrectsEpsilon ? (float)(settings.Epsilon * Math.Sqrt(1 / (1 - Math.Pow(settings.Beta2, step)))) : settings.Epsilon,
    };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes>
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Of(1 - Beta1), gradient - first, first);
        second = TLanes.FusedMultiplyAdd(TLanes.Of(1 - Beta2), TLanes.FusedMultiplyAdd(gradient, gradient, -second), second);
        return TLanes.Of(MeanCorrection) * first / TLanes.FusedMultiplyAdd(TLanes.Sqrt(second), TLanes.Of(RootCorrection), TLanes.Of(UsedEpsilon));
    }
}
