namespace Sonde.Baselines.Kernels;

/// <summary>The two examples whose coefficients move in a step of sequential minimal optimization, chosen and moved: the plain form.</summary>
/// <remarks>
/// Coefficients are signed, <c>beta_k = y_k alpha_k</c>, and <c>f_k = y_k - sum_l beta_l K[k, l]</c> is the residual at example k. A coefficient that may
/// rise has <c>rise_k = 0</c>, else minus infinity; one that may fall has <c>fall_k = 0</c>, else infinity. At the optimum no f of a coefficient that may
/// rise exceeds an f of one that may fall. Source: [Fan2005], algorithm 2 (WSS 2), in these signs. The vector form computes the same bits.
/// </remarks>
internal static class WorkingPair
{
    /// <summary>The least curvature: duplicates have 0, and rounding can make it less.</summary>
    public const double LeastCurvature = 1e-12;

    /// <summary>Finds the first of the pair and the distance from the optimum.</summary>
    public static Extremes Select(ReadOnlySpan<double> rise, ReadOnlySpan<double> fall, ReadOnlySpan<double> residuals)
    {
        var extremes = Extremes.None;
        for (var k = 0; k < residuals.Length; k++)
            extremes = extremes.With(residuals[k] + rise[k], residuals[k] + fall[k], k);
        return extremes;
    }

    /// <summary>Finds the second: of those that may fall and have a smaller f than the first, the one that lowers the objective most,
    /// <c>(f_i - f_k)^2 / (2 - 2 K[i, k])</c>.</summary>
    /// <param name="highest">f_i of the first.</param>
    /// <param name="row">K[i, k].</param>
    /// <param name="fall">Which may fall.</param>
    /// <param name="residuals">f.</param>
    /// <returns>The lowest index if several are best; -1 if there is none.</returns>
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

    /// <summary>Computes <c>f_k -= step (K[i, k] - K[j, k])</c> and returns the extremes of the new f.</summary>
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

    /// <summary>Returns <c>K[i, i] + K[k, k] - 2 K[i, k]</c>, at least <see cref="LeastCurvature"/>; the diagonal of a radial kernel is 1.</summary>
    public static double Curvature(float entry) => Math.Max(2 - 2 * (double)entry, LeastCurvature);
}

/// <summary>The largest f of coefficients that may rise, the smallest of those that may fall.</summary>
/// <param name="Highest">Minus infinity if none may rise.</param>
/// <param name="HighestAt">The lowest index that has it; -1 if none may rise.</param>
/// <param name="Lowest">Infinity if none may fall.</param>
internal readonly record struct Extremes(double Highest, int HighestAt, double Lowest)
{
    /// <summary>The extremes of no examples.</summary>
    public static Extremes None { get; } = new(double.NegativeInfinity, -1, double.PositiveInfinity);

    /// <summary>Returns the extremes with one more example.</summary>
    public Extremes With(double rising, double falling, int at) =>
        new(rising > Highest ? rising : Highest, rising > Highest ? at : HighestAt, falling < Lowest ? falling : Lowest);
}
