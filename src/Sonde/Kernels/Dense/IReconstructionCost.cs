using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>A reconstruction <c>r(s)</c> of a decoder's pre-activation and its cost beside the target t, as static functions that the kernels inline. The two
/// must be a pair for which <c>dCost/ds = r(s) - t</c>.</summary>
public interface IReconstructionCost
{
    /// <summary>True if targets must be between 0 and 1; the range of what is reconstructed is then mapped to 0..1.</summary>
    static abstract bool NeedsUnitTargets { get; }

    /// <summary>The reconstruction, on the scale of targets.</summary>
    static abstract TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>;

    /// <summary>The cost of one value.</summary>
    static abstract TLanes Cost<TLanes>(TLanes s, TLanes target) where TLanes : struct, ILanes<TLanes>;
}
