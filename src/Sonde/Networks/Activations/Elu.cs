using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>s</c> if positive, else <c>e^s - 1</c>; range (-1, inf).</summary>
internal readonly struct Elu : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>
    {
        // tanh(s/2) = (e^s - 1) / (e^s + 1), so e^s - 1 = tanh(s/2) (e^s + 1), without the cancellation at 0.
        var negative = TLanes.Min(s, TLanes.Of(0));
        var decay = TLanes.Tanh(TLanes.Of(0.5) * negative) * (TLanes.Exp(negative) + TLanes.Of(1));
        return TLanes.WherePositive(s, s, decay);
    }

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> =>
        TLanes.WherePositive(s, TLanes.Of(1), z + TLanes.Of(1));
}
