using Sonde.Kernels;
using Sonde.Numerics;

namespace Sonde.Networks.Activations;

/// <summary><c>1 / (1 + e^-s)</c>, range (0, 1). Exact in both tails: only <c>e^-|s|</c> is formed, which cannot overflow.</summary>
public readonly struct Sigmoid : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>
    {
        var small = TLanes.Exp(-TLanes.Abs(s));
        var one = TLanes.Of(1);
        return TLanes.WherePositive(s, one, small) / (one + small);
    }

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> => z * (TLanes.Of(1) - z);
}
