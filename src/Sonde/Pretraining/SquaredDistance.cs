using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Pretraining;

/// <summary>A linear decoder and <c>(s - t)^2 / 2</c>: the cost of values that no limits bound. Source: [Vincent2010], section 2.2.</summary>
internal readonly struct SquaredDistance : IReconstructionCost
{
    /// <inheritdoc/>
    public static bool NeedsUnitTargets => false;

    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s;

    /// <inheritdoc/>
    public static TLanes Cost<TLanes>(TLanes s, TLanes target) where TLanes : struct, ILanes<TLanes>
    {
        var difference = s - target;
        return TLanes.Of(0.5) * difference * difference;
    }
}
