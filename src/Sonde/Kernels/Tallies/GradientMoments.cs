using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Summaries;

namespace Sonde.Kernels.Tallies;

/// <summary>Computes mean and sd of all entries of dCost/dW without computing any of them.</summary>
/// <remarks>
/// With G = Z^T D, Z [n, inputs] and D [n, units], the entries' sum is <c>sum_b (sum_i Z[b, i]) (sum_j D[b, j])</c> and the sum of their squares
/// <c>sum_(b, c) (Z Z^T)[b, c] (D D^T)[b, c]</c>: for ten examples, 110 inner products instead of a million entries.
/// </remarks>
internal static class GradientMoments
{
    /// <summary>If the product of the sizes of Z and D is below this, no sum on the way to an entry of G can overflow a float.</summary>
    private const double Safe = 1e37;

    /// <summary>Computes the moments of dCost/dW of a mini-batch.</summary>
    /// <param name="z">The layer's input, [batch, inputs] from row <paramref name="first"/>.</param>
    /// <param name="gradient">dCost/ds of each example, [batch, units] from row <paramref name="first"/>.</param>
    /// <param name="first">The mini-batch's first row in both.</param>
    /// <param name="batch">Examples of the mini-batch.</param>
    /// <returns>Moments around 0; null if an entry may be infinite or NaN, so that all have to be computed.</returns>
    public static ValueMoments? Of(PaddedMatrix z, PaddedMatrix gradient, int first, int batch)
    {
        double sum = 0, squares = 0, zSquares = 0, gradientSquares = 0;
        for (var b = 0; b < batch; b++)
            sum += WideSums.Sum(z.Row(first + b)) * WideSums.Sum(gradient.Row(first + b));
        // Two examples by two, which halves loads and conversions; a last one alone takes the place of the missing neighbour too.
        Span<double> zz = stackalloc double[4], dd = stackalloc double[4];
        for (var b = 0; b < batch; b += 2)
            for (var c = 0; c <= b; c += 2)
            {
                int b1 = Math.Min(b + 1, batch - 1), c1 = Math.Min(c + 1, batch - 1);
                WideSums.Dot(z.Row(first + b), z.Row(first + b1), z.Row(first + c), z.Row(first + c1), zz);
                WideSums.Dot(gradient.Row(first + b), gradient.Row(first + b1), gradient.Row(first + c), gradient.Row(first + c1), dd);
                for (var k = 0; k < zz.Length; k++)
                {
                    var (row, column) = (b + k / 2, c + k % 2);
                    if (row >= batch || column >= batch)
                        continue;
                    squares += (c < b ? 2 : 1) * zz[k] * dd[k];
                    zSquares += row == column ? zz[k] : 0;
                    gradientSquares += row == column ? dd[k] : 0;
                }
            }
        var isSafe = zSquares * gradientSquares < Safe * Safe && double.IsFinite(sum);
        return isSafe ? new(0, (long)z.Columns * gradient.Columns, 0, sum, squares) : null;
    }
}
