using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sonde.Numerics.Lanes;

/// <summary>Sums of the four lanes of vectors, always as <c>(x0 + x2) + (x1 + x3)</c>.</summary>
internal static class LaneSums
{
    /// <summary>Returns the sum of one vector.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Of(Vector128<float> x)
    {
        // Shuffles rather than a half vector, which would travel through memory.
        x += Vector128.Shuffle(x, Vector128.Create(2, 3, 0, 1));
        return (x + Vector128.Shuffle(x, Vector128.Create(1, 0, 3, 2))).ToScalar();
    }

    /// <summary>Returns the sums of four vectors, with the same bits as one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        if (!Sse.IsSupported)
            return Vector128.Create(Of(a), Of(b), Of(c), Of(d));
        var ab = Sse.MoveLowToHigh(a, b) + Sse.MoveHighToLow(b, a); // a0 + a2, a1 + a3, b0 + b2, b1 + b3
        var cd = Sse.MoveLowToHigh(c, d) + Sse.MoveHighToLow(d, c);
        return Sse.Shuffle(ab, cd, 0b10_00_10_00) + Sse.Shuffle(ab, cd, 0b11_01_11_01);
    }

    /// <summary>Returns the sums of four vectors of eight lanes, whose halves are added first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Of(Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d)
    {
        if (!Avx.IsSupported)
            return Of(a.GetLower() + a.GetUpper(), b.GetLower() + b.GetUpper(), c.GetLower() + c.GetUpper(), d.GetLower() + d.GetUpper());
        // Two vectors at a time: the sum of the halves of one in the lower half, and that of the other in the upper half.
        var (ac, bd) = (Halves(a, c).AsDouble(), Halves(b, d).AsDouble());
        var sums = Avx.UnpackLow(ac, bd).AsSingle() + Avx.UnpackHigh(ac, bd).AsSingle(); // a0 + a2, a1 + a3, b0 + b2, b1 + b3, and so on
        var (ab, cd) = (sums.GetLower(), sums.GetUpper());
        return Sse.Shuffle(ab, cd, 0b10_00_10_00) + Sse.Shuffle(ab, cd, 0b11_01_11_01);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Halves(Vector256<float> a, Vector256<float> b) => Avx.Blend(a, b, 0b1111_0000) + Avx.Permute2x128(a, b, 0x21);
}
