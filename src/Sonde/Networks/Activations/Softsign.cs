using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>s / (1 + |s|)</c>, range (-1, 1), with quadratic instead of exponential tails. Source: [Bergstra2009].</summary>
public readonly struct Softsign : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s / (TLanes.Of(1) + TLanes.Abs(s));

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes>
    {
        // From s rather than z: 1 - |z| cancels in the tails.
        var slope = TLanes.Of(1) / (TLanes.Of(1) + TLanes.Abs(s));
        return slope * slope;
    }
}
