namespace Sonde.Numerics.Summaries;

/// <summary>Equal cells side by side that values are sorted into: the cell of v is <c>floor(v Scale)</c>, or the outermost one if v is beyond them.</summary>
/// <remarks>No rounding moves a value across an edge: the product is floored as if it were exact, or 0 if it is too small for a float.</remarks>
/// <param name="Scale">Cells per unit of value.</param>
/// <param name="First">The number of the first cell.</param>
/// <param name="Cells">How many cells.</param>
internal readonly record struct ValueGrid(float Scale, int First, int Cells)
{
    // Products of scale and value stay small enough to have fractions, since a cell holds two neighbouring floats or more, and far from the largest float.
    private const double LargestProduct = 1 << 22, LargestScale = 1e36;

    /// <summary>Left edge of the first cell.</summary>
    public double Low => First / (double)Scale;

    /// <summary>Right edge of the last cell.</summary>
    public double High => (First + Cells) / (double)Scale;

    /// <summary>Returns the cell of a finite value, from 0.</summary>
    public int CellOf(float value)
    {
        var cell = MathF.Floor(value * Scale);
        // A product just below a whole number may have been rounded up to it; the remainder, rounded once, has the right sign.
        if (MathF.FusedMultiplyAdd(-value, Scale, cell) > 0)
            cell--;
        return (int)Math.Clamp(cell - First, 0, Cells - 1);
    }

    /// <summary>Lays out cells from low to high. Edges are multiples of a cell's width, the reciprocal of a float; if low is not one, the cells begin just
    /// below it.</summary>
    /// <param name="low">Left edge.</param>
    /// <param name="high">Right edge, above low.</param>
    /// <param name="cells">How many cells, an even number.</param>
    public static ValueGrid Over(double low, double high, int cells)
    {
        var largest = Math.Min(LargestScale, LargestProduct / Math.Max(Math.Abs(low), Math.Abs(high)));
        var scale = (float)Math.Min(cells / (high - low), largest);
        return new(scale, low == -high ? -cells / 2 : (int)Math.Floor(low * scale), cells);
    }
}
