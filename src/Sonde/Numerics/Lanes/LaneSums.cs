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
}
