using Sonde.Networks;
using Sonde.Numerics.Integrals;

namespace Sonde.Theory;

/// <summary>Where a deep network of one activation passes signals on, over the sd of its weights times the root of the fan-in, and the sd of its
/// biases.</summary>
/// <remarks>On a line of equal chi, gradients change by the same factor per layer once the variance of s has settled. Left of the line with chi 1 they shrink,
/// and two examples become alike; right of it they grow, and two examples that are alike drift apart [Poole2016, Schoenholz2017].</remarks>
internal static class PhaseDiagram
{
    // Variances of s that a line goes through, a hundredth of a decade apart.
    private const int Points = 900;
    private const double Least = 1e-6, Most = 1e3, Step = 0.01;

    // The midpoint rule leaves less than this of a ratio that is 1.
    private const double Rounding = 1e-9;

    /// <summary>Returns the line on which the variance of dCost/ds changes by a factor chi in each layer, with growing sd of biases.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="chi">The factor, above 0.</param>
    /// <returns>sd of weights times the root of the fan-in, and sd of biases; empty if there is none.</returns>
    /// <remarks>A variance q of s gives the weights with <c>w^2 E[f'(s)^2] = chi</c>, and then the biases with which it stays:
    /// <c>b^2 = q - w^2 E[f(s)^2]</c>, if that is not below 0.</remarks>
    public static IReadOnlyList<(double WeightSd, double BiasSd)> Line(Activation activation, double chi)
    {
        ArgumentNullException.ThrowIfNull(activation);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(chi);
        double WeightsFor(double q) => chi / GaussianMean.Of(q, s => Math.Pow(activation.Derivative(s), 2));
        // Rectifiers have the same slopes at any variance, so that biases do not matter, though the variance may never settle.
        if (Math.Abs(WeightsFor(1) / WeightsFor(Least) - 1) < Rounding)
            return [(Math.Sqrt(WeightsFor(1)), 0), (Math.Sqrt(WeightsFor(1)), Math.Sqrt(Most))];
        var line = new List<(double, double)>();
        for (var k = 0; k < Points; k++)
        {
            var q = Least * Math.Pow(10, Step * k);
            var weights = WeightsFor(q);
            var biases = q - weights * GaussianMean.Of(q, s => Math.Pow(activation.Value(s), 2));
            if (biases >= -Rounding * q)
                line.Add((Math.Sqrt(weights), Math.Sqrt(Math.Max(0, biases))));
        }
        return line;
    }

    /// <summary>Returns where the hidden layers of a network are.</summary>
    public static IReadOnlyList<(double WeightSd, double BiasSd)> Places(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return [.. Enumerable.Range(1, network.Depth).Select(layer =>
            (Math.Sqrt(network.FanIn(layer) * network.WeightVariance(layer)), Math.Sqrt(network.BiasVariance(layer))))];
    }
}
