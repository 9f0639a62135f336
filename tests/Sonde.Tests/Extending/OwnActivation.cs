using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;

namespace Sonde.Tests.Extending;

// docs: activation
/// <summary><c>1.7159 tanh(2s/3)</c>, whose values at +-1 are +-1. Source: [LeCun1998b].</summary>
public readonly struct ScaledTanh : IActivation
{
    private const double Height = 1.7159, Slope = 2.0 / 3;

    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Of(Height) * TLanes.Tanh(TLanes.Of(Slope) * s);

    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> =>
        TLanes.Of(Slope * Height) - TLanes.Of(Slope / Height) * z * z;
}

public static class OwnActivation
{
    public static Activation ScaledTanh { get; } = new Activation<ScaledTanh>("scaled-tanh") { Lower = -1.7159, Upper = 1.7159 };
}
// docs: end
