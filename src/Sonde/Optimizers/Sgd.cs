using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Optimizers;

/// <summary>Stochastic gradient descent, <c>theta := theta - learningRate * g</c>. Source: [Glorot2010], section 2.3.</summary>
/// <param name="LearningRate">The paper's epsilon.</param>
public readonly record struct Sgd(float LearningRate) : IOptimizer<Sgd>
{
    /// <summary>The kind that study files name.</summary>
    public static OptimizerKind Kind { get; } = OptimizerKind.Of("sgd", 0.01, [], (learningRate, _) => new Sgd(learningRate));

    /// <inheritdoc/>
    public static bool FollowsGradient => true;

    /// <inheritdoc/>
    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes> => gradient;
}
