using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>s</c> clipped to [-1, 1]; the derivative at the corners is 0.</summary>
internal readonly struct HardTanh : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => TLanes.Min(TLanes.Max(s, TLanes.Of(-1)), TLanes.Of(1));

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> =>
        TLanes.WherePositive(TLanes.Of(1) - TLanes.Abs(s), TLanes.Of(1), TLanes.Of(0));
}
