using Sonde.Numerics;

namespace Sonde.Kernels;

/// <summary>How a parameter moves along its gradient; a readonly struct whose fields are its settings, inlined by the kernels.</summary>
public interface IOptimizer
{
    /// <summary>The parameter after one update.</summary>
    /// <param name="parameter">Weights or biases before the update.</param>
    /// <param name="gradient">dCost/d(parameter), averaged over the mini-batch.</param>
    TLanes Step<TLanes>(TLanes parameter, TLanes gradient) where TLanes : struct, ILanes<TLanes>;

    /// <summary>What a step adds to a parameter, per unit of its gradient: the statistics of updates are then those of gradients, times this. Null where
    /// the change depends on more than the gradient.</summary>
    float? ChangePerGradient { get; }
}
