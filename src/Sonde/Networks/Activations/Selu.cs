using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>lambda s</c> if positive, else <c>lambda alpha (e^s - 1)</c>, which keeps mean 0 and variance 1 from layer to layer under <c>lecun</c>.
/// Source: [Klambauer2017], eqs 2 and 14.</summary>
internal readonly struct Selu : IActivation
{
    private const double Lambda = 1.0507009873554805, Alpha = 1.6732632423543772;

    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> =>
        TLanes.WherePositive(s, TLanes.Of(Lambda) * s, TLanes.Of(Lambda * Alpha) * Elu.Value(s));

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> =>
        TLanes.WherePositive(s, TLanes.Of(Lambda), z + TLanes.Of(Lambda * Alpha));
}
