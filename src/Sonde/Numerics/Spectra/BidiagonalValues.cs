using System.Numerics;

namespace Sonde.Numerics.Spectra;

/// <summary>Computes the singular values of a bidiagonal matrix by bisection: one pass over the matrix counts the values below a number.</summary>
/// <remarks>The count is that of negative pivots of <c>B^T B - x^2</c>, in a form whose count is exact for a matrix that differs from B by some roundings
/// (Source: [Fernando1998]). Every vector lane bisects for another value.</remarks>
internal static class BidiagonalValues
{
    // After this many halvings no double is left between the ends for the largest value; smaller ones are as exact in units of it.
    private const int Halvings = 54;

    // Lanes of several vectors at once: each waits for its own quotients.
    private const int Chains = 4;

    /// <summary>Computes the singular values.</summary>
    /// <param name="diagonal">[n], 1 or more.</param>
    /// <param name="beside">[n - 1], to the right of the diagonal.</param>
    /// <returns>[n], the largest first.</returns>
    public static double[] Of(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> beside)
    {
        var n = diagonal.Length;
        // No value is above the sum of the largest element on the diagonal and the largest beside it.
        var largest = Largest(diagonal) + Largest(beside);
        var values = new double[n];
        if (largest == 0)
            return values;
        // In units of that sum; a last element that is not there counts as 0.
        var (squares, squaresBeside) = (new double[n], new double[n]);
        for (var k = 0; k < n; k++)
            squares[k] = diagonal[k] / largest * (diagonal[k] / largest);
        for (var k = 0; k < n - 1; k++)
            squaresBeside[k] = beside[k] / largest * (beside[k] / largest);

        var lanes = Chains * Vector<double>.Count;
        Span<double> found = stackalloc double[lanes];
        for (var first = 0; first < n; first += lanes)
        {
            Bisect(squares, squaresBeside, first, found);
            // The smallest come first here.
            for (var k = first; k < Math.Min(n, first + lanes); k++)
                values[n - 1 - k] = largest * found[k - first];
        }
        return values;
    }

    /// <summary>Finds the values of the ranks from <paramref name="first"/>; 0 is the smallest value's.</summary>
    private static void Bisect(ReadOnlySpan<double> squares, ReadOnlySpan<double> squaresBeside, int first, Span<double> found)
    {
        var width = Vector<double>.Count;
        Vector<double> rankA = Ranks(first), rankB = Ranks(first + width), rankC = Ranks(first + 2 * width), rankD = Ranks(first + 3 * width);
        Vector<double> lowA = default, lowB = default, lowC = default, lowD = default;
        var step = 1.0;
        for (var halving = 0; halving < Halvings; halving++)
        {
            step /= 2;
            Vector<double> half = new(step), a = lowA + half, b = lowB + half, c = lowC + half, d = lowD + half;
            Vector<double> countA = default, countB = default, countC = default, countD = default;
            Vector<double> squareA = a * a, squareB = b * b, squareC = c * c, squareD = d * d;
            Vector<double> shiftA = -squareA, shiftB = -squareB, shiftC = -squareC, shiftD = -squareD;
            for (var k = 0; k < squares.Length; k++)
            {
                Vector<double> square = new(squares[k]), beside = new(squaresBeside[k]);
                shiftA = Pivot(square, beside, shiftA, squareA, ref countA);
                shiftB = Pivot(square, beside, shiftB, squareB, ref countB);
                shiftC = Pivot(square, beside, shiftC, squareC, ref countC);
                shiftD = Pivot(square, beside, shiftD, squareD, ref countD);
            }
            // As many below as the rank says, or fewer: the value is not below.
            lowA = Vector.ConditionalSelect(Vector.LessThanOrEqual(countA, rankA), a, lowA);
            lowB = Vector.ConditionalSelect(Vector.LessThanOrEqual(countB, rankB), b, lowB);
            lowC = Vector.ConditionalSelect(Vector.LessThanOrEqual(countC, rankC), c, lowC);
            lowD = Vector.ConditionalSelect(Vector.LessThanOrEqual(countD, rankD), d, lowD);
        }
        lowA.CopyTo(found);
        lowB.CopyTo(found[width..]);
        lowC.CopyTo(found[(2 * width)..]);
        lowD.CopyTo(found[(3 * width)..]);
    }

    private static Vector<double> Pivot(Vector<double> square, Vector<double> beside, Vector<double> shift, Vector<double> of, ref Vector<double> count)
    {
        // A pivot of 0 counts as the smallest one by which dividing does not overflow.
        var pivot = square + shift;
        var size = Vector.MaxNative(Vector.Abs(pivot), new(1e-200));
        pivot = Vector.CopySign(size, pivot);
        count += Vector.ConditionalSelect(Vector.LessThan(pivot, Vector<double>.Zero), Vector<double>.One, Vector<double>.Zero);
        return shift * (beside / pivot) - of;
    }

    private static Vector<double> Ranks(int first) => Vector.CreateSequence<double>(first, 1);

    private static double Largest(ReadOnlySpan<double> values)
    {
        var largest = 0.0;
        foreach (var value in values)
            largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
