using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Tallies;

/// <summary>Computes the sum of squares of dCost/dW and dCost/db of a layer without computing any of them, in the same way as
/// <see cref="GradientMoments"/>: <c>sum_(n, m) (z_n z_m + 1) (d_n d_m)</c>, where the 1 is the biases'.</summary>
internal static class GradientNorm
{
    /// <summary>Computes the part of the sum in which an even example or its neighbour is the later one of two.</summary>
    /// <param name="z">The layer's input, [batch, inputs] from row <paramref name="first"/>.</param>
    /// <param name="gradient">dCost/ds of each example, [batch, units] from row <paramref name="first"/>.</param>
    /// <param name="first">The mini-batch's first row in both.</param>
    /// <param name="batch">Examples of the mini-batch.</param>
    /// <param name="even">The even example, from 0.</param>
    public static double SquaresOf(PaddedMatrix z, PaddedMatrix gradient, int first, int batch, int even)
    {
        Span<double> zz = stackalloc double[4], dd = stackalloc double[4];
        var (sum, next) = (0.0, Math.Min(even + 1, batch - 1));
        for (var c = 0; c <= even; c += 2)
        {
            var c1 = Math.Min(c + 1, batch - 1);
            WideSums.Dot(z.Row(first + even), z.Row(first + next), z.Row(first + c), z.Row(first + c1), zz);
            WideSums.Dot(gradient.Row(first + even), gradient.Row(first + next), gradient.Row(first + c), gradient.Row(first + c1), dd);
            for (var k = 0; k < zz.Length; k++)
                if (even + k / 2 < batch && c + k % 2 < batch)
                    sum += (c < even ? 2 : 1) * (zz[k] + 1) * dd[k];
        }
        return sum;
    }
}
