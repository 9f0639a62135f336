namespace Sonde.Baselines.Kernels;

/// <summary>The two examples whose coefficients move in a step of sequential minimal optimization, chosen and moved: the plain form.</summary>
/// <remarks>
/// Coefficients are signed, <c>beta_k = y_k alpha_k</c>, and <c>f_k = y_k - sum_l beta_l K[k, l]</c> is what the machine still lacks at example k. A
/// coefficient that may rise has
/// <c>rise_k = 0</c>, else minus infinity; one that may fall has <c>fall_k = 0</c>, else infinity. Optimal is where no f of a coefficient that may rise
/// exceeds one of a coefficient that may
/// fall. Source: [Fan2005], algorithm 2 (WSS 2), in these signs. The vector form computes the same bits.
/// </remarks>
internal static class WorkingPair
{
    /// <summary>What a curvature that rounding made 0 or less counts as; duplicates have 0.</summary>
    public const double LeastCurvature = 1e-12;

    /// <summary>The first of the pair and the distance from the optimum, of all spans' examples.</summary>
    public static Extremes Find(ReadOnlySpan<double> rise, ReadOnlySpan<double> fall, ReadOnlySpan<double> residuals)
    {
        var extremes = Extremes.None;
        for (var k = 0; k < residuals.Length; k++)
            extremes = extremes.With(residuals[k] + rise[k], residuals[k] + fall[k], k);
        return extremes;
    }

    /// <summary>The second: of those that may fall and lack less than the first, the one that lowers the objective most, <c>(f_i - f_k)^2 / (2 - 2 K[i,
    /// k])</c>.</summary>
    /// <param name="highest">f_i of the first.</param>
    /// <param name="row">K[i, k].</param>
    /// <param name="fall">Which may fall.</param>
    /// <param name="residuals">f.</param>
    /// <returns>The lowest index where several are best; -1 where there is none.</returns>
    public static int Second(double highest, ReadOnlySpan<float> row, ReadOnlySpan<double> fall, ReadOnlySpan<double> residuals)
    {
        var (best, at) = (0.0, -1);
        for (var k = 0; k < residuals.Length; k++)
        {
            var violation = highest - (residuals[k] + fall[k]);
            var gain = violation > 0 ? violation * violation / Curvature(row[k]) : 0;
            if (gain > best)
                (best, at) = (gain, k);
        }
        return at;
    }

    /// <summary><c>f_k -= step (K[i, k] - K[j, k])</c>, and the extremes of the new f.</summary>
    /// <param name="first">K[i, k].</param>
    /// <param name="second">K[j, k].</param>
    /// <param name="step">What beta_i rose and beta_j fell by.</param>
    /// <param name="rise">Which may rise after the step.</param>
    /// <param name="fall">Which may fall after it.</param>
    /// <param name="residuals">f, updated.</param>
    public static Extremes Step(
        ReadOnlySpan<float> first, ReadOnlySpan<float> second, double step, ReadOnlySpan<double> rise, ReadOnlySpan<double> fall, Span<double> residuals)
    {
        var extremes = Extremes.None;
        for (var k = 0; k < residuals.Length; k++)
        {
            residuals[k] = Math.FusedMultiplyAdd(-step, (double)first[k] - second[k], residuals[k]);
            extremes = extremes.With(residuals[k] + rise[k], residuals[k] + fall[k], k);
        }
        return extremes;
    }

    /// <summary><c>K[i, i] + K[k, k] - 2 K[i, k]</c>, kept above 0; the diagonal of a radial kernel is 1.</summary>
    public static double Curvature(float entry) => Math.Max(2 - 2 * (double)entry, LeastCurvature);
}

/// <summary>The largest f of coefficients that may rise, the smallest of those that may fall.</summary>
/// <param name="Highest">Minus infinity where none may rise.</param>
/// <param name="HighestAt">The lowest index that has it; -1 where none may rise.</param>
/// <param name="Lowest">Infinity where none may fall.</param>
internal readonly record struct Extremes(double Highest, int HighestAt, double Lowest)
{
    /// <summary>Of no examples.</summary>
    public static Extremes None { get; } = new(double.NegativeInfinity, -1, double.PositiveInfinity);

    /// <summary>With one more example.</summary>
    public Extremes With(double rising, double falling, int at) =>
        new(rising > Highest ? rising : Highest, rising > Highest ? at : HighestAt, falling < Lowest ? falling : Lowest);
}
