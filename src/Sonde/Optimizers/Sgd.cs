using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary>Stochastic gradient descent, <c>theta := theta - learningRate * g</c>. Source: [Glorot2010], section 2.3.</summary>
/// <param name="LearningRate">The paper's epsilon, finite and above 0.</param>
public readonly record struct Sgd(float LearningRate) : IOptimizer<Sgd>
{
    /// <summary>The paper's epsilon.</summary>
    public float LearningRate { get; init => field = OptimizerCheck.Positive(value, nameof(LearningRate)); } =
        OptimizerCheck.Positive(LearningRate, nameof(LearningRate));

    /// <summary>The kind that study files name.</summary>
    public static OptimizerKind Kind { get; } = OptimizerKind.Of("sgd", 0.01, [], (learningRate, _) => new Sgd(learningRate));

    /// <inheritdoc/>
    public static bool FollowsGradient => true;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes> => gradient;
}
