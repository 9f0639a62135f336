using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary>Classical momentum, <c>v := decay v + g</c>, <c>theta := theta - learningRate * v</c>. Source: [Polyak1964].</summary>
/// <param name="LearningRate">The paper's epsilon, finite and above 0.</param>
/// <param name="Decay">How much of the velocity remains after an update, 0 or more and below 1.</param>
public readonly record struct Momentum(float LearningRate, float Decay) : IOptimizer<Momentum>
{
    /// <summary>The paper's epsilon.</summary>
    public float LearningRate { get; init => field = OptimizerCheck.Positive(value, nameof(LearningRate)); } =
        OptimizerCheck.Positive(LearningRate, nameof(LearningRate));

    /// <summary>How much of the velocity remains after an update.</summary>
    public float Decay { get; init => field = OptimizerCheck.Share(value, nameof(Decay)); } = OptimizerCheck.Share(Decay, nameof(Decay));

    /// <summary>The kind that study files name.</summary>
    public static OptimizerKind Kind { get; } = OptimizerKind.Of(
        "momentum", 0.01, [new("momentum", 0.9, SettingRange.Share)], (learningRate, value) => new Momentum(learningRate, value("momentum")));

    /// <inheritdoc/>
    public static string? FirstMemory => "velocity";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes> =>
        first = TLanes.FusedMultiplyAdd(TLanes.Of(Decay), first, gradient);
}
