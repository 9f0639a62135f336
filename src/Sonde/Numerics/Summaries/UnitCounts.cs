using System.Numerics;

namespace Sonde.Numerics.Summaries;

/// <summary>Counts values of units that lie beyond limits.</summary>
internal static class UnitCounts
{
    /// <summary>Counts the values below one limit or above the other, and the units for which that holds on every example.</summary>
    /// <param name="values">[examples, units], row major.</param>
    /// <param name="units">Values per example.</param>
    /// <param name="below">The lower limit.</param>
    /// <param name="above">The upper limit.</param>
    public static (long Values, int Units) Beyond(ReadOnlySpan<float> values, int units, double below, double above)
    {
        var (lower, upper) = (AtLeast(below), -AtLeast(-above));
        var (count, always, unit) = (0L, 0, 0);
        for (; unit + Vector<float>.Count <= units; unit += Vector<float>.Count)
        {
            var (sum, all) = (Vector<int>.Zero, Vector<int>.AllBitsSet);
            for (var k = unit; k < values.Length; k += units)
            {
                var v = new Vector<float>(values.Slice(k, Vector<float>.Count));
                var isBeyond = Vector.LessThan(v, new Vector<float>(lower)) | Vector.GreaterThan(v, new Vector<float>(upper));
                // True is -1.
                sum -= isBeyond;
                all &= isBeyond;
            }
            count += Vector.Sum(sum);
            always -= Vector.Sum(all);
        }
        for (; unit < units; unit++)
        {
            var all = 1;
            for (var k = unit; k < values.Length; k += units)
            {
                var isBeyond = values[k] < lower || values[k] > upper ? 1 : 0;
                count += isBeyond;
                all &= isBeyond;
            }
            always += all;
        }
        return (count, always);
    }

    // The smallest float that is not below the limit. A float is below it if and only if it is below the limit.
    private static float AtLeast(double limit) => (float)limit >= limit ? (float)limit : MathF.BitIncrement((float)limit);
}
