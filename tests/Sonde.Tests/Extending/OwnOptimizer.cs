using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Tests.Extending;

// docs: optimizer
/// <summary>Momentum that also pulls every parameter towards 0.</summary>
public readonly record struct DecayingMomentum(float LearningRate, float Decay) : IOptimizer<DecayingMomentum>
{
    public static string? FirstMemory => "velocity";

    public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes>
    {
        first = TLanes.Of(0.9) * first + gradient + TLanes.Of(Decay) * parameter;
        return first;
    }
}
// docs: end
