using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>s tanh(log(1 + e^s))</c>. Source: [Misra2019].</summary>
internal readonly struct Mish : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s * Gate(s);

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes>
    {
        // tanh(p) + s (1 - tanh(p)^2) sigmoid(s) with p = log(1 + e^s).
        var gate = Gate(s);
        return TLanes.FusedMultiplyAdd(s * (TLanes.Of(1) - gate * gate), Sigmoid.Value(s), gate);
    }

    private static TLanes Gate<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => TLanes.Tanh(Softplus.Value(s));
}
