using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>How parameters move along their gradient, <c>theta := theta - learningRate * direction</c>; a readonly struct whose fields are its settings,
/// inlined by the kernels.</summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
public interface IOptimizer<TSelf> where TSelf : struct, IOptimizer<TSelf>
{
    /// <summary>What it remembers of each parameter from update to update, in one lower-case word for checkpoints; null where nothing. It starts at
    /// 0.</summary>
    static virtual string? FirstMemory => null;

    /// <summary>What else it remembers; null where nothing.</summary>
    static virtual string? SecondMemory => null;

    /// <summary>True where the direction is the gradient itself: the statistics of updates are then those of gradients, times minus the learning
    /// rate.</summary>
    static virtual bool FollowsGradient => false;

    /// <summary>True where <see cref="FirstMemory"/> is a running mean of the diagonal of the Gauss-Newton matrix: the engine keeps it, by a second
    /// back-propagation, and <see cref="Direction"/> only reads it.</summary>
    static virtual bool UsesCurvature => false;

    /// <summary>How much the curvature on an update's own mini-batch counts in that mean, which takes it in before the update; 0 to leave it out.</summary>
    /// <param name="settings">The optimizer as it was made.</param>
    /// <param name="step">1 for the first update.</param>
    static virtual float CurvatureShare(TSelf settings, long step) => 0;

    /// <summary>The optimizer as it takes one update: where coefficients depend on how many there were before, they are computed here.</summary>
    /// <param name="settings">The optimizer as it was made.</param>
    /// <param name="step">1 for the first update.</param>
    static virtual TSelf At(TSelf settings, long step) => settings;

    /// <summary>The paper's epsilon.</summary>
    float LearningRate { get; }

    /// <summary>What the parameter moves against.</summary>
    /// <param name="parameter">Weights or biases before the update.</param>
    /// <param name="gradient">dCost/d(parameter), averaged over the mini-batch.</param>
    /// <param name="first">What <see cref="FirstMemory"/> names, before the update on entry and after it on return.</param>
    /// <param name="second">What <see cref="SecondMemory"/> names, likewise.</param>
    TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes>;
}
