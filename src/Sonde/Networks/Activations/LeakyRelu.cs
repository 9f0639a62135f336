using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>s</c> if positive, else <c>0.01 s</c>; the derivative at 0 is 0.01.</summary>
internal readonly struct LeakyRelu : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => TLanes.WherePositive(s, s, TLanes.Of(0.01) * s);

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> => TLanes.WherePositive(s, TLanes.Of(1), TLanes.Of(0.01));
}
