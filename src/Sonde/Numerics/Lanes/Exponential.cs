using System.Runtime.CompilerServices;

namespace Sonde.Numerics.Lanes;

/// <summary><c>e^s</c> for vector lanes.</summary>
internal static class Exponential
{
    /// <summary>Computes <c>e^s = 2^n e^r</c> with the whole number n nearest to s / ln 2, and a polynomial for e^r, |r| &lt;= ln 2 / 2.</summary>
    /// <remarks>Source: [Moshier1992] (<c>expf</c>: coefficients, and ln 2 in two parts so that r is nearly exact). Error measured by the tests: see
    /// <c>Tolerances</c>; below 2^-126 results lose bits as denormal numbers do. Beyond +-88.7 the result is infinite, below -103.97 it is 0.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Of<TLanes>(TLanes s) where TLanes : struct, ILanes<TLanes>
    {
        // Bounds past which the result is infinite or 0 anyway keep n small enough for its power of two. NaN is past neither, and goes through: Min and Max
        // do the same with more instructions.
        TLanes most = TLanes.Of(100), least = TLanes.Of(-110);
        var x = TLanes.WherePositive(s - most, most, s);
        return Within(TLanes.WherePositive(least - x, least, x));
    }

    /// <summary>Computes the same for -110 &lt;= x &lt;= 100, or NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes Within<TLanes>(TLanes x) where TLanes : struct, ILanes<TLanes>
    {
        var n = TLanes.Round(x * TLanes.Of(1.44269504088896341));
        var r = TLanes.FusedMultiplyAdd(n, TLanes.Of(2.12194440e-4), TLanes.FusedMultiplyAdd(n, TLanes.Of(-0.693359375), x));
        var p = TLanes.FusedMultiplyAdd(TLanes.Of(1.9875691500e-4), r, TLanes.Of(1.3981999507e-3));
        p = TLanes.FusedMultiplyAdd(p, r, TLanes.Of(8.3334519073e-3));
        p = TLanes.FusedMultiplyAdd(p, r, TLanes.Of(4.1665795894e-2));
        p = TLanes.FusedMultiplyAdd(p, r, TLanes.Of(1.6666665459e-1));
        p = TLanes.FusedMultiplyAdd(p, r, TLanes.Of(5.0000001201e-1));
        return TLanes.TimesPowerOfTwo(TLanes.Of(1) + TLanes.FusedMultiplyAdd(r * r, p, r), n);
    }
}
