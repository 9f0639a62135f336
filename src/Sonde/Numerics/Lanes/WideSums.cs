using System.Numerics;
using System.Runtime.InteropServices;

namespace Sonde.Numerics.Lanes;

/// <summary>Sums over floats in double precision. Lanes are summed separately, then added up: the order depends on the processor's vectors.</summary>
internal static class WideSums
{
    /// <summary>Returns the sum of the values.</summary>
    public static double Sum(ReadOnlySpan<float> values)
    {
        var (even, odd, k) = (Vector<double>.Zero, Vector<double>.Zero, 0);
        for (; k + Vector<float>.Count <= values.Length; k += Vector<float>.Count)
        {
            var v = new Vector<float>(values[k..]);
            even += Vector.WidenLower(v);
            odd += Vector.WidenUpper(v);
        }
        var sum = Vector.Sum(even + odd);
        foreach (var value in values[k..])
            sum += value;
        return sum;
    }

    /// <summary>Computes four inner products, of two arrays with two others.</summary>
    /// <param name="left">[n].</param>
    /// <param name="otherLeft">[n].</param>
    /// <param name="right">[n].</param>
    /// <param name="otherRight">[n].</param>
    /// <param name="sums">[4], receives left with right, left with otherRight, otherLeft with right, otherLeft with otherRight.</param>
    public static void Dot(
        ReadOnlySpan<float> left, ReadOnlySpan<float> otherLeft, ReadOnlySpan<float> right, ReadOnlySpan<float> otherRight, Span<double> sums)
    {
        ReadOnlySpan<Vector<float>> a = MemoryMarshal.Cast<float, Vector<float>>(left), b = MemoryMarshal.Cast<float, Vector<float>>(otherLeft);
        ReadOnlySpan<Vector<float>> c = MemoryMarshal.Cast<float, Vector<float>>(right), d = MemoryMarshal.Cast<float, Vector<float>>(otherRight);
        // Lower and upper halves of vectors, in this order.
        Vector<double> ac = default, ad = default, bc = default, bd = default, acUpper = default, adUpper = default, bcUpper = default, bdUpper = default;
        for (var k = 0; k < a.Length && k < b.Length && k < c.Length && k < d.Length; k++)
        {
            Vector<double> aLow = Vector.WidenLower(a[k]), bLow = Vector.WidenLower(b[k]), cLow = Vector.WidenLower(c[k]), dLow = Vector.WidenLower(d[k]);
            ac = Vector.FusedMultiplyAdd(aLow, cLow, ac);
            ad = Vector.FusedMultiplyAdd(aLow, dLow, ad);
            bc = Vector.FusedMultiplyAdd(bLow, cLow, bc);
            bd = Vector.FusedMultiplyAdd(bLow, dLow, bd);
            Vector<double> aHigh = Vector.WidenUpper(a[k]), bHigh = Vector.WidenUpper(b[k]), cHigh = Vector.WidenUpper(c[k]), dHigh = Vector.WidenUpper(d[k]);
            acUpper = Vector.FusedMultiplyAdd(aHigh, cHigh, acUpper);
            adUpper = Vector.FusedMultiplyAdd(aHigh, dHigh, adUpper);
            bcUpper = Vector.FusedMultiplyAdd(bHigh, cHigh, bcUpper);
            bdUpper = Vector.FusedMultiplyAdd(bHigh, dHigh, bdUpper);
        }
        (sums[0], sums[1]) = (Vector.Sum(ac + acUpper), Vector.Sum(ad + adUpper));
        (sums[2], sums[3]) = (Vector.Sum(bc + bcUpper), Vector.Sum(bd + bdUpper));
        for (var k = a.Length * Vector<float>.Count; k < left.Length; k++)
        {
            sums[0] += (double)left[k] * right[k];
            sums[1] += (double)left[k] * otherRight[k];
            sums[2] += (double)otherLeft[k] * right[k];
            sums[3] += (double)otherLeft[k] * otherRight[k];
        }
    }
}
