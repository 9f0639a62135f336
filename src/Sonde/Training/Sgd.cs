using Sonde.Kernels;
using Sonde.Numerics;

namespace Sonde.Training;

/// <summary>Stochastic gradient descent, <c>theta := theta - learningRate * g</c>. Source: [Glorot2010], section 2.3.</summary>
/// <param name="LearningRate">The paper's epsilon.</param>
public readonly record struct Sgd(float LearningRate) : IOptimizer
{
    /// <inheritdoc/>
    public TLanes Step<TLanes>(TLanes parameter, TLanes gradient) where TLanes : struct, ILanes<TLanes> =>
        TLanes.FusedMultiplyAdd(TLanes.Of(-LearningRate), gradient, parameter);

    /// <inheritdoc/>
    public float? ChangePerGradient => -LearningRate;
}
