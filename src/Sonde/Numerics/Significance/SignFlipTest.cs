namespace Sonde.Numerics.Significance;

/// <summary>McNemar's test for several networks of each kind: the exact sign-flip test on differences per example.</summary>
/// <remarks>
/// Difference i is how many of the first kind's networks get example i right, less how many of the second kind's do. If the kinds are equal, each
/// difference is as likely to have one sign as the other, whatever its size. The p is the share of all assignments of signs whose sum is at least as far
/// from 0 as the one seen. With one network of each kind this is <see cref="McNemarTest"/>. The unit is the example: counting the same example once for each
/// pair of networks, as pooled discordant counts do, takes one hard example for several independent ones and rejects far too often.
/// Source: [Fisher1935], section 21.
/// </remarks>
public static class SignFlipTest
{
    /// <summary>Computes the two-sided p: <c>P(|sum of ±|d_i|| >= |sum of d_i|)</c> over all signs.</summary>
    /// <param name="differences">One of each example, small whole numbers; zeros say nothing.</param>
    /// <returns>From 0 to 1; 1 if the differences cancel or there is none.</returns>
    /// <remarks>Exact up to rounding, 1e-11 relative; results below 1e-290 lose accuracy. Cost: the non-zero differences times half the sum of their
    /// sizes.</remarks>
    public static double TwoSided(ReadOnlySpan<int> differences)
    {
        long sum = 0, total = 0;
        foreach (var difference in differences)
            (sum, total) = (sum + difference, total + Math.Abs(difference));
        if (sum == 0)
            return 1;
        // A sum of ±|d_i| at most -|sum| means that the sizes with a plus add up to at most this.
        var most = (int)((total - Math.Abs(sum)) / 2);
        var chance = new double[most + 1];
        chance[0] = 1;
        var reached = 0;
        foreach (var difference in differences)
        {
            var size = Math.Abs(difference);
            if (size == 0)
                continue;
            reached = Math.Min(most, reached + size);
            for (var k = reached; k >= size; k--)
                chance[k] = (chance[k] + chance[k - size]) / 2;
            for (var k = Math.Min(reached, size - 1); k >= 0; k--)
                chance[k] /= 2;
        }
        return Math.Min(1, 2 * chance.Sum());
    }
}
