using Sonde.Networks;
using Sonde.Numerics.Random;

namespace Sonde.Theory;

/// <summary>Where back-propagation begins: P(y|x) and dCost/ds of an output layer whose s are normal, before it has learned anything.</summary>
/// <param name="ProbabilitySd">sd of P(y|x) over classes and examples.</param>
/// <param name="GradientSquare">The mean of (dCost/ds)^2.</param>
/// <param name="GradientPair">The mean of the product of the same unit's dCost/ds for two examples.</param>
/// <param name="EqualPair">That mean for two examples of the same class.</param>
/// <param name="UnequalPair">That mean for two examples of different classes.</param>
/// <param name="SquareSpread">The relative variance over networks of the mean over many examples of (dCost/ds)^2.</param>
internal readonly record struct OutputLayer(
    double ProbabilitySd, double GradientSquare, double GradientPair, double EqualPair, double UnequalPair, double SquareSpread)
{
    // The number of values of s to draw: enough for the moments within about 1 %.
    private const int Values = 40_000;

    /// <summary>Simulates the moments for independent labels, and s that are alike for all classes.</summary>
    /// <param name="cost">Any cost: only its gradient is used.</param>
    /// <param name="classes">Units of the layer.</param>
    /// <param name="variance">Variance of s; with 0, P is 1/classes everywhere.</param>
    /// <param name="covariance">Covariance of the same unit's s for two examples.</param>
    /// <param name="sameClass">How often two examples have the same class.</param>
    /// <remarks>By simulation with fixed random numbers, so the same call gives the same bits. Since no class is distinguished, the class prior matters only
    /// through <paramref name="sameClass"/>: each draw of s is paired with all labels alike, and with all pairs of equal and of unequal labels.</remarks>
    public static OutputLayer Simulate(Cost cost, int classes, double variance, double covariance, double sameClass)
    {
        var random = new RandomKey(1, "theory/output").Stream();
        var shared = Math.Sqrt(Math.Abs(covariance));
        var own = Math.Sqrt(Math.Max(0, variance - Math.Abs(covariance)));
        double[] s = new double[classes], other = new double[classes], probabilities = new double[classes];
        double[] gradient = new double[classes], otherGradient = new double[classes], sum = new double[classes], otherSum = new double[classes];
        double probability = 0, square = 0, equal = 0, any = 0, squareOfOther = 0, productOfSquares = 0;
        var draws = variance > 0 ? Math.Max(1, Values / classes) : 1;
        for (var draw = 0; draw < draws; draw++)
        {
            for (var k = 0; k < classes; k++)
            {
                var both = shared * random.NextGaussian();
                s[k] = both + own * random.NextGaussian();
                other[k] = Math.Sign(covariance) * both + own * random.NextGaussian();
            }
            Array.Clear(sum);
            Array.Clear(otherSum);
            var (ofOne, ofOther) = (0.0, 0.0);
            for (var label = 0; label < classes; label++)
            {
                cost.Evaluate<double>(other, label, probabilities, otherGradient);
                cost.Evaluate<double>(s, label, probabilities, gradient);
                for (var k = 0; k < classes; k++)
                {
                    ofOne += gradient[k] * gradient[k];
                    ofOther += otherGradient[k] * otherGradient[k];
                    equal += gradient[k] * otherGradient[k];
                    sum[k] += gradient[k];
                    otherSum[k] += otherGradient[k];
                }
            }
            (square, squareOfOther, productOfSquares) = (square + ofOne, squareOfOther + ofOther, productOfSquares + ofOne * ofOther);
            for (var k = 0; k < classes; k++)
            {
                probability += Math.Pow(probabilities[k] - 1.0 / classes, 2);
                any += sum[k] * otherSum[k];
            }
        }
        // The number of equal pairs of labels is the number of classes.
        var values = (double)draws * classes;
        var ofEqual = equal / (values * classes);
        var ofUnequal = (any - equal) / (values * classes * (classes - 1));
        return new(Math.Sqrt(probability / values), square / (values * classes), sameClass * ofEqual + (1 - sameClass) * ofUnequal,
            ofEqual, ofUnequal, Math.Max(0, draws * productOfSquares / (square * squareOfOther) - 1));
    }
}
