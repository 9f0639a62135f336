using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>max(s, 0)</c>; the derivative at 0 is 0.</summary>
public readonly struct Relu : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => TLanes.Max(s, TLanes.Of(0));

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> => TLanes.WherePositive(s, TLanes.Of(1), TLanes.Of(0));
}
