using System.Runtime.CompilerServices;

namespace Sonde.Numerics.Lanes;

/// <summary><c>tanh(s)</c> for vector lanes.</summary>
internal static class HyperbolicTangent
{
    /// <summary>Computes tanh by an odd polynomial for |s| below 0.625, where <c>1 - 2 / (e^2|s| + 1)</c> would cancel, and else by that form.</summary>
    /// <remarks>Source: [Moshier1992] (coefficients of the polynomial). Error measured by the tests: see <c>Tolerances</c>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>
    {
        var one = TLanes.Of(1);
        var magnitude = TLanes.Abs(s);
        var square = s * s;
        var p = TLanes.FusedMultiplyAdd(TLanes.Of(-5.70498872745e-3), square, TLanes.Of(2.06390887954e-2));
        p = TLanes.FusedMultiplyAdd(p, square, TLanes.Of(-5.37397155531e-2));
        p = TLanes.FusedMultiplyAdd(p, square, TLanes.Of(1.33314422036e-1));
        p = TLanes.FusedMultiplyAdd(p, square, TLanes.Of(-3.33332819422e-1));
        var small = TLanes.FusedMultiplyAdd(p * square, s, s);
        // At 10 the result is 1 to the last bit; the bound keeps e^2|s| finite. NaN is not above it, and goes through.
        var bound = TLanes.Of(20);
        var twice = magnitude + magnitude;
        var large = one - TLanes.Of(2) / (Exponential.Within(TLanes.WherePositive(twice - bound, bound, twice)) + one);
        large = TLanes.WherePositive(s, large, -large);
        return TLanes.WherePositive(TLanes.Of(0.625) - magnitude, small, large);
    }
}
