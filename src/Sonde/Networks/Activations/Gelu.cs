using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Networks.Activations;

/// <summary><c>s Phi(s)</c>, Phi being the normal distribution function: the exact form, not the one with tanh. Source: [Hendrycks2016].</summary>
internal readonly struct Gelu : IActivation
{
    private const double RootHalf = 0.70710678118654752, InverseRootTwoPi = 0.39894228040143268;

    /// <inheritdoc/>
    public static TLanes Value<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes> => s * Phi(s);

    /// <inheritdoc/>
    public static TLanes Derivative<TLanes>(TLanes s, TLanes z) where TLanes : struct, ILanes<TLanes> =>
        TLanes.FusedMultiplyAdd(s * TLanes.Of(InverseRootTwoPi), NormalTail.ExpOfMinusHalfSquare(s), Phi(s));

    // The smaller tail is computed, and the larger one as what it leaves of 1: relative errors stay small on the far left too.
    private static TLanes Phi<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>
    {
        var x = TLanes.Abs(s) * TLanes.Of(RootHalf);
        var tail = TLanes.Of(0.5) * NormalTail.ScaledErrorFunction(x) * NormalTail.ExpOfMinusHalfSquare(s);
        return TLanes.WherePositive(s, TLanes.Of(1) - tail, tail);
    }
}
