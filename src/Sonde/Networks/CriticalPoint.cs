using Sonde.Numerics.Checks;
using Sonde.Numerics.Integrals;

namespace Sonde.Networks;

/// <summary>The edge of chaos of an activation: weights and biases with which a wide, deep network passes on small differences between two examples, and
/// back-propagated gradients, at the same size from layer to layer: <c>chi = WeightVariance E[f'(s)^2] = 1</c> for <c>s ~ N(0, PreactivationVariance)</c>, the
/// fixed point of <c>q = WeightVariance E[f(s)^2] + BiasVariance</c>. Source: [Poole2016], [Schoenholz2017].</summary>
/// <param name="WeightVariance">The variance of a weight times the fan-in.</param>
/// <param name="BiasVariance">The variance of a bias.</param>
/// <param name="PreactivationVariance">q, the variance of s in deep layers; 0 for the limit of small s.</param>
/// <param name="IsFixed">False if no variance is a fixed point with chi = 1: the variance of s then grows from layer to layer, and chi reaches 1 in the limit.</param>
internal sealed record CriticalPoint(double WeightVariance, double BiasVariance, double PreactivationVariance, bool IsFixed)
{
    // Variances of s from the limit of small s to beyond what any network has, a tenth of a decade apart; then halved until doubles are exhausted.
    private const double Least = 1e-12, Most = 1e6, Step = 1.2589254117941673;
    private const int Halvings = 50;

    // What rounding leaves of a bias variance of 0, relative to q.
    private const double Rounding = 1e-9;

    /// <summary>Finds the critical point of an activation at a given sd of biases: with the smallest q, if there are several.</summary>
    /// <param name="activation">The activation.</param>
    /// <param name="biasSd">Standard deviation of biases, 0 or more.</param>
    /// <remarks>At a fixed point of variance q with chi = 1 weights have the variance <c>1 / E[f'^2]</c>, so biases have <c>q - E[f^2] / E[f'^2]</c>. That is
    /// solved for q. tanh at biases of 0: the limit of small s, weights of sd 1. relu: q stays what it is, weights of sd sqrt 2 [He2015].</remarks>
    public static CriticalPoint Of(Activation activation, double biasSd)
    {
        ArgumentNullException.ThrowIfNull(activation);
        var variance = Given.NotNegative(biasSd, nameof(biasSd)) * biasSd;
        for (var above = Least; above < Most; above *= Step)
        {
            if (!IsReached(above))
                continue;
            var below = above == Least ? above : above / Step;
            for (var k = 0; k < Halvings && below < above; k++)
            {
                var middle = Math.Sqrt(below * above);
                (below, above) = IsReached(middle) ? (below, middle) : (middle, above);
            }
            return new(1 / SlopeSquare(above), variance, above > Least ? above : 0, IsFixed: true);
        }
        return new(1 / SlopeSquare(Most), variance, double.PositiveInfinity, IsFixed: false);

        bool IsReached(double q) => SlopeSquare(q) is > 0 and var slope
            && q - GaussianMean.Of(q, s => Math.Pow(activation.Value(s), 2)) / slope >= variance - Rounding * q;

        double SlopeSquare(double q) => GaussianMean.Of(q, s => Math.Pow(activation.Derivative(s), 2));
    }
}
