using System.Numerics;
using System.Runtime.InteropServices;

namespace Sonde.Numerics.Summaries;

/// <summary>Count and sums of some values, in double precision.</summary>
/// <param name="Origin">A value near the others, subtracted before anything is summed, so that a large mean does not cost the squares their precision.</param>
/// <param name="Count">How many finite values.</param>
/// <param name="NonFinite">How many values were NaN or infinite; they count in nothing else.</param>
/// <param name="Sum">Sum of v - Origin.</param>
/// <param name="Squares">Sum of (v - Origin)^2.</param>
internal readonly record struct ValueMoments(double Origin, long Count, long NonFinite, double Sum, double Squares)
{
    /// <summary>Mean; NaN when there is no value.</summary>
    public double Mean => Origin + Sum / Count;

    /// <summary>Population standard deviation; NaN when there is no value.</summary>
    public double Sd => Count == 0 ? double.NaN : Math.Sqrt(Math.Max(0, Squares / Count - Sum / Count * (Sum / Count)));

    /// <summary>Computes the moments of an array, around its first value.</summary>
    public static ValueMoments Of(ReadOnlySpan<float> values) => Of(values, values.IsEmpty ? 0 : OriginAmong(values[0]));

    /// <summary>Returns the origin for values like this one: the value, or 0 if it is not finite.</summary>
    public static double OriginAmong(float value) => float.IsFinite(value) ? value : 0;

    /// <summary>Computes the moments of values around a given origin. Lanes are summed separately, then added up: the order depends on the processor's
    /// vectors.</summary>
    public static ValueMoments Of(ReadOnlySpan<float> values, double origin)
    {
        var whole = MemoryMarshal.Cast<float, Vector<float>>(values);
        var (sum, squares, isFinite) = OfVectors(whole, origin);
        if (!isFinite)
            return OneByOne(values, origin);
        var done = whole.Length * Vector<float>.Count;
        return new ValueMoments(origin, done, 0, sum, squares).Plus(OneByOne(values[done..], origin));
    }

    /// <summary>Returns the moments of these values and of others around the same origin.</summary>
    public ValueMoments Plus(in ValueMoments next) =>
        new(Origin, Count + next.Count, NonFinite + next.NonFinite, Sum + next.Sum, Squares + next.Squares);

    /// <summary>Returns the moments of another number of values with the same mean and standard deviation, all finite.</summary>
    public ValueMoments Scaled(long count) => new(Origin, count, 0, Sum * count / Count, Squares * count / Count);

    // Calls nothing: across a call no vector stays in a register.
    private static (double Sum, double Squares, bool AreFinite) OfVectors(ReadOnlySpan<Vector<float>> values, double origin)
    {
        var centre = new Vector<double>(origin);
        // Two sums of each: an addition to one does not wait for the addition just before.
        Vector<double> sum = default, nextSum = default, squares = default, nextSquares = default;
        var notFinite = Vector<float>.Zero;
        foreach (var v in values)
        {
            notFinite += v - v; // 0, or NaN from then on
            Vector<double> low = Vector.WidenLower(v) - centre, high = Vector.WidenUpper(v) - centre;
            sum += low;
            nextSum += high;
            squares = Vector.FusedMultiplyAdd(low, low, squares);
            nextSquares = Vector.FusedMultiplyAdd(high, high, nextSquares);
        }
        return (Vector.Sum(sum + nextSum), Vector.Sum(squares + nextSquares), notFinite == Vector<float>.Zero);
    }

    private static ValueMoments OneByOne(ReadOnlySpan<float> values, double origin)
    {
        var moments = new ValueMoments(origin, 0, 0, 0, 0);
        foreach (var value in values)
            moments = moments.Plus(float.IsFinite(value)
                ? new(origin, 1, 0, value - origin, (value - origin) * (value - origin))
                : new(origin, 0, 1, 0, 0));
        return moments;
    }
}
