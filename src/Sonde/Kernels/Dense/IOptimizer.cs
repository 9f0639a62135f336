using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>How parameters move along their gradient, <c>theta := theta - learningRate * direction</c>; a readonly struct whose fields are its settings,
/// inlined by the kernels.</summary>
/// <typeparam name="TSelf">The struct itself.</typeparam>
public interface IOptimizer<TSelf> where TSelf : struct, IOptimizer<TSelf>
{
    /// <summary>What it remembers of each parameter from update to update, in one lower-case word for checkpoints; null if nothing. It starts at
    /// 0.</summary>
    static virtual string? FirstMemory => null;

    /// <summary>The second thing it remembers; null if there is none.</summary>
    static virtual string? SecondMemory => null;

    /// <summary>True if the direction is the gradient itself. The statistics of updates are then those of gradients, times minus the learning
    /// rate.</summary>
    static virtual bool FollowsGradient => false;

    /// <summary>True if <see cref="FirstMemory"/> is a running mean of the diagonal of the Gauss-Newton matrix. The engine updates it by a second
    /// back-propagation, and <see cref="Direction"/> only reads it.</summary>
    static virtual bool UsesCurvature => false;

    /// <summary>Returns how much the curvature on an update's mini-batch counts in that mean, which includes it before the update; 0 to leave it out.</summary>
    /// <param name="settings">The optimizer as it was made.</param>
    /// <param name="step">1 for the first update.</param>
    static virtual float CurvatureShare(TSelf settings, long step) => 0;

    /// <summary>Returns the optimizer for one update: coefficients that depend on the number of updates before are computed here.</summary>
    /// <param name="settings">The optimizer as it was made.</param>
    /// <param name="step">1 for the first update.</param>
    static virtual TSelf At(TSelf settings, long step) => settings;

    /// <summary>True if the length of the gradient of all parameters together changes the step. The engine then computes it before any parameter
    /// moves.</summary>
    static virtual bool NeedsNorm => false;

    /// <summary>Returns the optimizer for an update whose gradient has a length.</summary>
    /// <param name="settings">The optimizer for this update, from <see cref="At"/>.</param>
    /// <param name="norm">The root of the sum of all squared gradients of the update; parameters that do not move are left out.</param>
    static virtual TSelf WithNorm(TSelf settings, double norm) => settings;

    /// <summary>The paper's epsilon.</summary>
    float LearningRate { get; }

    /// <summary>Computes the direction that the parameter moves against. Mark it <c>AggressiveInlining</c>: a call for every vector of weights costs more than
    /// Adam's formula.</summary>
    /// <param name="parameter">Weights or biases before the update.</param>
    /// <param name="gradient">dCost/d(parameter), averaged over the mini-batch.</param>
    /// <param name="first">What <see cref="FirstMemory"/> names, before the update on entry and after it on return.</param>
    /// <param name="second">What <see cref="SecondMemory"/> names, before the update on entry and after it on return.</param>
    TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes>;
}
