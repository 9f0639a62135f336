using Sonde.Kernels.Dense;
using Sonde.Networks.Activations;
using Sonde.Numerics.Lanes;

namespace Sonde.Pretraining;

/// <summary>A sigmoid decoder and <c>-t log r - (1 - t) log(1 - r)</c>, computed as <c>log(1 + e^s) - t s</c>, which no s makes infinite.
/// Source: [Vincent2008], eq. 2.</summary>
internal readonly struct CrossEntropy : IReconstructionCost
{
    /// <inheritdoc/>
    public static bool NeedsUnitTargets => true;

    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => Sigmoid.Value(s);

    /// <inheritdoc/>
    public static TLanes Cost<TLanes>(TLanes s, TLanes target) where TLanes : struct, ILanes<TLanes> => Softplus.Value(s) - target * s;
}
