using Sonde.Numerics.Checks;
using Sonde.Numerics.Integrals;

namespace Sonde.Networks;

/// <summary>Where an activation passes signals and gradients on with their size: <c>chi = w^2 E[f'(s)^2] = 1</c>, while the variance of s stays
/// <c>q = w^2 E[f(s)^2] + b^2</c> [Poole2016, Schoenholz2017].</summary>
/// <param name="WeightSd">w, the sd of weights times sqrt(fan-in). A layer's weights have the sd <c>w / sqrt(fanIn)</c>.</param>
/// <param name="BiasSd">b, the sd of biases.</param>
/// <param name="Variance">q, the variance of s that stays. 0 if variances shrink towards 0, ever more slowly, as those of tanh do; infinite if there is no
/// such point and variances grow with every layer, as those of relu do with biases.</param>
/// <remarks>A curve of such points exists, one for each q. <see cref="Find"/> takes the one without biases if variances move towards it: w is 1 for tanh and
/// softsign, sqrt 2 for relu with any q, and about 10 for sigmoid with q near 46. For gelu, silu and mish that point repels variances that are larger, so
/// the point at q = 1 is taken, which needs small biases. <see cref="At"/> takes the point at the biases that are given.</remarks>
internal sealed record EdgeOfChaos(double WeightSd, double BiasSd, double Variance)
{
    // Variances this small stand for 0, and larger than the last are no use to anybody.
    private const double Faint = 1e-14, Largest = 1e4;

    // A tenth of a decade.
    private const double Step = 1.2589254117941673;
    private static readonly double[] Usual = [0.001, 0.01, 0.1, 1];

    // The midpoint rule leaves less than this of a ratio that is 1.
    private const double Rounding = 1e-9;

    /// <summary>Finds the point for an activation; null if there is none, as for softplus, whose variance grows with every layer wherever chi is 1.</summary>
    public static EdgeOfChaos? Find(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        var faint = WeightVariance(activation, Faint);
        if (activation.Value(0) == 0 && Usual.All(q => faint * Square(activation, q) <= q * (1 + Rounding)))
            return new(Math.Sqrt(faint), 0, IsKept(activation, 1) && IsKept(activation, 4) ? 1 : 0);
        if (Growth(activation, 1) <= 0)
            return new(Math.Sqrt(WeightVariance(activation, 1)), Math.Sqrt(-Growth(activation, 1)), 1);
        return Growth(activation, Largest) > 0 ? null : Between(activation, 0, 1, Largest);
    }

    /// <summary>Returns the point at given biases, with the smallest q if there are several; if there is none, the weights with chi 1 in the limit of large
    /// q.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="biasSd">The sd of biases, 0 or more.</param>
    public static EdgeOfChaos At(Activation activation, double biasSd)
    {
        ArgumentNullException.ThrowIfNull(activation);
        Given.NotNegative(biasSd, nameof(biasSd));
        for (var q = Faint; q < Largest; q *= Step)
            if (IsReached(activation, biasSd, q))
                return q == Faint ? new(Math.Sqrt(WeightVariance(activation, q)), biasSd, 0) : Between(activation, biasSd, q / Step, q);
        return new(Math.Sqrt(WeightVariance(activation, Largest)), biasSd, double.PositiveInfinity);
    }

    // The point between a variance that is too low and one that is not.
    private static EdgeOfChaos Between(Activation activation, double biasSd, double low, double high)
    {
        while (high / low > 1 + Rounding)
        {
            var middle = Math.Sqrt(low * high);
            (low, high) = IsReached(activation, biasSd, middle) ? (low, middle) : (middle, high);
        }
        return new(Math.Sqrt(WeightVariance(activation, high)), biasSd, high);
    }

    // True if a layer with w for this variance takes away from it what these biases add, or more.
    private static bool IsReached(Activation activation, double biasSd, double variance) =>
        Growth(activation, variance) + biasSd * biasSd <= Rounding * variance;

    private static bool IsKept(Activation activation, double variance) => Math.Abs(Growth(activation, variance)) < Rounding * variance;

    // w^2 for which chi is 1 at this variance.
    private static double WeightVariance(Activation activation, double variance) =>
        1 / GaussianMean.Of(variance, s => activation.Derivative(s) * activation.Derivative(s));

    private static double Square(Activation activation, double variance) => GaussianMean.Of(variance, s => activation.Value(s) * activation.Value(s));

    // How much a layer with that w and no biases adds to the variance.
    private static double Growth(Activation activation, double variance) => WeightVariance(activation, variance) * Square(activation, variance) - variance;
}
