namespace Sonde.Numerics;

/// <summary>Count, sums and extremes of some values: the part of a <see cref="ValueSummary"/> whose rounding depends on the order of addition.</summary>
internal struct ValueMoments
{
    /// <summary>How many finite values.</summary>
    public long Count;

    /// <summary>How many values were NaN or infinite.</summary>
    public long NonFinite;

    /// <summary>Sum of the finite values.</summary>
    public double Sum;

    /// <summary>Sum of their squares.</summary>
    public double Squares;

    /// <summary>Smallest finite value; positive infinity when there is none.</summary>
    public float Min;

    /// <summary>Largest finite value; negative infinity when there is none.</summary>
    public float Max;

    /// <summary>Those of no value.</summary>
    public static ValueMoments Empty => new() { Min = float.PositiveInfinity, Max = float.NegativeInfinity };

    /// <summary>Takes in the moments of values that come after these.</summary>
    public void Add(in ValueMoments next)
    {
        Count += next.Count;
        NonFinite += next.NonFinite;
        Sum += next.Sum;
        Squares += next.Squares;
        Min = Math.Min(Min, next.Min);
        Max = Math.Max(Max, next.Max);
    }
}
