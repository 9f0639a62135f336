namespace Sonde.Numerics.Integrals;

/// <summary>Means of a function of normal numbers with mean 0, by the midpoint rule.</summary>
/// <remarks>Under the normal weight the midpoint rule is exact to rounding for smooth functions, and for those with a kink or a step at 0, which lies between
/// two nodes. Steps elsewhere (hard-tanh's derivative) cost it about 1e-4; Gauss-Hermite quadrature would lose far more.</remarks>
internal static class GaussianMean
{
    // Only 1e-15 of the normal distribution is beyond 8 standard deviations.
    private const double Reach = 8;

    // Steps for one variable, for the part that two share, and for the part of each alone.
    private static readonly (double At, double Weight)[] Fine = Nodes(1 / 256.0), Shared = Nodes(1 / 8.0), Own = Nodes(1 / 32.0);

    /// <summary><c>E[f(u)]</c>, <c>u ~ N(0, variance)</c>.</summary>
    public static double Of(double variance, Func<double, double> function)
    {
        var (sd, sum) = (Math.Sqrt(variance), 0.0);
        foreach (var (at, weight) in Fine)
            sum += weight * function(sd * at);
        return sum;
    }

    /// <summary><c>E[f(u) f(v)]</c> of two such numbers with a covariance.</summary>
    /// <remarks>Both are sums of a shared number and an own one, <c>u, v = sd (sqrt|c| t +- sqrt(1 - |c|) e)</c> with the correlation c: given t they
    /// are independent, so the mean over e is taken of one function at a time.</remarks>
    public static double OfPair(double variance, double covariance, Func<double, double> function) => OfPairs(variance, covariance, function).Product;

    /// <summary><c>E[f(u) f(v)]</c> and <c>E[f(u)^2 f(v)^2]</c>, for which f is evaluated once.</summary>
    public static (double Product, double OfSquares) OfPairs(double variance, double covariance, Func<double, double> function)
    {
        if (variance == 0 && function(0) is var value)
            return (value * value, value * value * (value * value));
        var correlation = Math.Clamp(covariance / variance, -1, 1);
        var (shared, own) = (Math.Sqrt(variance * Math.Abs(correlation)), Math.Sqrt(variance * (1 - Math.Abs(correlation))));
        var (sum, ofSquares) = (0.0, 0.0);
        // Nodes are symmetric: the node of -t is as far from the end as that of t is from the beginning.
        var means = Array.ConvertAll(Shared, node =>
        {
            var (mean, square) = (0.0, 0.0);
            foreach (var (at, weight) in Own)
            {
                var value = function(shared * node.At + own * at);
                (mean, square) = (mean + weight * value, square + weight * (value * value));
            }
            return (Mean: mean, Square: square);
        });
        for (var k = 0; k < means.Length; k++)
        {
            var other = correlation < 0 ? means[^(k + 1)] : means[k];
            sum += Shared[k].Weight * means[k].Mean * other.Mean;
            ofSquares += Shared[k].Weight * means[k].Square * other.Square;
        }
        return (sum, ofSquares);
    }

    private static (double At, double Weight)[] Nodes(double step)
    {
        var at = Enumerable.Range(0, (int)(2 * Reach / step)).Select(k => (k + 0.5) * step - Reach).ToArray();
        var total = at.Sum(t => Math.Exp(-t * t / 2));
        return [.. at.Select(t => (t, Math.Exp(-t * t / 2) / total))];
    }
}
