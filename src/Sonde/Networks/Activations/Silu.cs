using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>s sigmoid(s)</c>, also called swish. Source: [Elfwing2018].</summary>
internal readonly struct Silu : IActivation
{
    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s * Sigmoid.Value(s);

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes>
    {
        // sigmoid(s) (1 + s (1 - sigmoid(s))), with 1 - sigmoid(s) = sigmoid(-s), which does not cancel.
        var gate = Sigmoid.Value(s);
        return TLanes.FusedMultiplyAdd(z, Sigmoid.Value(-s), gate);
    }
}
