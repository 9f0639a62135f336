using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary>Step sizes from an estimate of the gradient's variance, <c>v := v + share (g^2 - v)</c>,
/// <c>theta := theta - learningRate * g / sqrt(v + epsilon)</c>: our reading of [Glorot2010], section 5, which names the method in three words.</summary>
/// <remarks>The first updates all count the same, so that v does not start at 0; later the mean fades. It is not centred: over one mini-batch of ten
/// the mean of a gradient is small beside its spread.</remarks>
/// <param name="LearningRate">The paper's epsilon: about the length of a step in each parameter.</param>
/// <param name="Memory">How much of v remains after an update, 0 or more and below 1.</param>
/// <param name="Epsilon">Keeps steps finite if gradients are 0; above 0.</param>
public readonly record struct GradientVariance(float LearningRate, float Memory, float Epsilon) : IOptimizer<GradientVariance>
{
    /// <summary>The paper's epsilon.</summary>
    public float LearningRate { get; init => field = OptimizerCheck.Positive(value, nameof(LearningRate)); } =
        OptimizerCheck.Positive(LearningRate, nameof(LearningRate));

    /// <summary>How much of v remains after an update.</summary>
    public float Memory { get; init => field = OptimizerCheck.Share(value, nameof(Memory)); } = OptimizerCheck.Share(Memory, nameof(Memory));

    /// <summary>Keeps steps finite if gradients are 0.</summary>
    public float Epsilon { get; init => field = OptimizerCheck.Positive(value, nameof(Epsilon)); } = OptimizerCheck.Positive(Epsilon, nameof(Epsilon));

    /// <summary>The kind that study files name.</summary>
    public static OptimizerKind Kind { get; } = OptimizerKind.Of(
        "gradient-variance", 1e-4,
        [new("memory", 0.99, SettingRange.Share), new("epsilon", 1e-8, SettingRange.Positive)],
        (learningRate, value) => new GradientVariance(learningRate, value("memory"), value("epsilon")));

    /// <inheritdoc/>
    public static string? FirstMemory => "variance";

    private float Share { get; init; } = 1;

    /// <inheritdoc/>
    public static GradientVariance At(GradientVariance settings, long step) => settings with { Share = Math.Max(1 - settings.Memory, 1f / step) };

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes>
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Of(Share), TLanes.FusedMultiplyAdd(gradient, gradient, -first), first);
        return gradient / TLanes.Sqrt(first + TLanes.Of(Epsilon));
    }
}
