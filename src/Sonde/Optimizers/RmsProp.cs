using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary><c>v := memory v + (1 - memory) g^2</c>, <c>theta := theta - learningRate * g / (sqrt(v) + epsilon)</c>. Source: [Tieleman2012].</summary>
/// <param name="LearningRate">The paper's epsilon, finite and above 0.</param>
/// <param name="Memory">How much of v remains after an update, 0 or more and below 1.</param>
/// <param name="Epsilon">Added to the root, above 0.</param>
internal readonly record struct RmsProp(float LearningRate, float Memory, float Epsilon) : IOptimizer<RmsProp>
{
    /// <summary>The paper's epsilon.</summary>
    public float LearningRate { get; init => field = OptimizerCheck.Positive(value, nameof(LearningRate)); } =
        OptimizerCheck.Positive(LearningRate, nameof(LearningRate));

    /// <summary>How much of v remains after an update.</summary>
    public float Memory { get; init => field = OptimizerCheck.Share(value, nameof(Memory)); } = OptimizerCheck.Share(Memory, nameof(Memory));

    /// <summary>Added to the root.</summary>
    public float Epsilon { get; init => field = OptimizerCheck.Positive(value, nameof(Epsilon)); } = OptimizerCheck.Positive(Epsilon, nameof(Epsilon));

    /// <summary>The kind that study files name. The defaults are PyTorch's; Keras has memory 0.9 and epsilon 1e-7.</summary>
    public static OptimizerKind Kind { get; } = OptimizerKind.Of(
        "rmsprop", 1e-3, [new("memory", 0.99, SettingRange.Share), new("epsilon", 1e-8, SettingRange.Positive)],
        (learningRate, value) => new RmsProp(learningRate, value("memory"), value("epsilon")));

    /// <inheritdoc/>
    public static string? FirstMemory => "square";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes>
    {
        first = TLanes.FusedMultiplyAdd(TLanes.Of(1 - Memory), TLanes.FusedMultiplyAdd(gradient, gradient, -first), first);
        return gradient / (TLanes.Sqrt(first) + TLanes.Of(Epsilon));
    }
}
