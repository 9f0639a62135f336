using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>1 / (1 + e^-s)</c>, range (0, 1). Exact in both tails: only <c>e^-|s|</c> is formed, which cannot overflow.</summary>
public readonly struct Sigmoid : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>
    {
        var one = TLanes.Of(1);
        var small = TLanes.Exp(-TLanes.Abs(s));
        var numerator = TLanes.WherePositive(s, one, small);
        var denominator = one + small;
        var inverse = one / denominator;
        var quotient = numerator * inverse;
        // The error of the quotient is added back: the roundings of the denominator, of its inverse and of the product would add up to more than two ulps.
        var lost = small - (denominator - one);
        var rest = TLanes.FusedMultiplyAdd(-quotient, lost, TLanes.FusedMultiplyAdd(-quotient, denominator, numerator));
        return TLanes.FusedMultiplyAdd(rest, inverse, quotient);
    }

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> => z * (TLanes.Of(1) - z);
}
