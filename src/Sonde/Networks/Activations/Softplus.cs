using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>log(1 + e^s)</c>, range (0, inf), computed as <c>max(s, 0) + log(1 + e^-|s|)</c>.</summary>
internal readonly struct Softplus : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>
    {
        // log(1 + e) for a small e: the rounding of 1 + e is undone by the ratio e / ((1 + e) - 1).
        var one = TLanes.Of(1);
        var e = TLanes.Exp(-TLanes.Abs(s));
        var sum = one + e;
        var rounded = sum - one;
        var log = TLanes.WherePositive(rounded, TLanes.Log(sum) * e / rounded, e);
        return TLanes.Max(s, TLanes.Of(0)) + log;
    }

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> => Sigmoid.Value(s);
}
