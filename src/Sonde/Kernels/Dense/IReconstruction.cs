using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>What a decoder makes of its pre-activation s and what that costs beside the target t, as static functions that the kernels inline. The two are
/// a pair for which <c>dCost/ds = Value(s) - t</c>.</summary>
public interface IReconstruction
{
    /// <summary>True where targets have to lie between 0 and 1, on which the range of what is reconstructed is laid.</summary>
    static abstract bool NeedsUnitTargets { get; }

    /// <summary>The reconstruction, on the scale of targets.</summary>
    static abstract TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>;

    /// <summary>The cost of one value.</summary>
    static abstract TLanes Cost<TLanes>(TLanes s, TLanes target) where TLanes : struct, ILanes<TLanes>;
}
