using Sonde.Networks;
using Sonde.Numerics.Random;

namespace Sonde.Theory;

/// <summary>Where back-propagation begins: the outputs and dCost/ds of an output layer whose s are normal and say nothing of the targets, as before the
/// first update.</summary>
/// <param name="OutputMean">Mean output: of P(y|x), 1/classes.</param>
/// <param name="OutputSd">sd of outputs over units and examples.</param>
/// <param name="GradientMean">The mean of dCost/ds, which is not 0 if most targets are on one side of the outputs.</param>
/// <param name="GradientSquare">The mean of (dCost/ds)^2.</param>
/// <param name="GradientPair">The mean of the product of the same unit's dCost/ds for two examples.</param>
/// <param name="PairSquare">The mean over pairs of targets of the square of that mean.</param>
/// <param name="SquareSpread">The relative variance over networks of the mean over many examples of (dCost/ds)^2.</param>
internal readonly record struct OutputLayer(
    double OutputMean, double OutputSd, double GradientMean, double GradientSquare, double GradientPair, double PairSquare, double SquareSpread)
{
    // The number of values of s to draw: enough for the moments within about 1 %.
    private const int Values = 40_000;

    // Targets per draw of s, and targets whose pairs are told apart.
    private const int TargetsPerDraw = 4, PairedTargets = 12;

    /// <summary>Simulates the moments for targets that are independent of s, and s that are alike for all units.</summary>
    /// <param name="network">The network, of which output, cost and targets are used. Without a table of targets, labels are classes.</param>
    /// <param name="variance">Variance of s; with 0, every example has the same outputs.</param>
    /// <param name="covariance">Covariance of the same unit's s for two examples.</param>
    /// <param name="sameClass">How often two examples have the same class; of no effect on other targets.</param>
    /// <param name="mean">Mean of s.</param>
    /// <remarks>By simulation with fixed random numbers, so the same call gives the same bits.</remarks>
    public static OutputLayer Simulate(Network network, double variance, double covariance, double sameClass, double mean = 0) =>
        network.Targets is null ? OfClasses(network, new(variance, covariance, mean), sameClass) : OfTargets(network, new(variance, covariance, mean));

    // No class is distinguished, so the class prior matters only through sameClass: each draw of s is paired with all labels alike, and with all pairs of
    // equal and of unequal labels.
    private static OutputLayer OfClasses(Network network, Draws draws, double sameClass)
    {
        var (classes, count, simulated) = (network.Classes, draws.CountFor(network.Classes), new Simulation(network));
        double[] sum = new double[classes], otherSum = new double[classes];
        double equal = 0, any = 0;
        foreach (var (s, other) in draws.Of(classes, count))
        {
            Array.Clear(sum);
            Array.Clear(otherSum);
            for (var label = 0; label < classes; label++)
            {
                simulated.Add(s, label, other, label);
                for (var k = 0; k < classes; k++)
                {
                    equal += simulated.Gradient[k] * simulated.OtherGradient[k];
                    sum[k] += simulated.Gradient[k];
                    otherSum[k] += simulated.OtherGradient[k];
                }
            }
            simulated.EndDraw();
            for (var k = 0; k < classes; k++)
                any += sum[k] * otherSum[k];
        }
        // The number of equal pairs of labels is the number of classes.
        var values = (double)count * classes;
        var ofEqual = equal / (values * classes);
        var ofUnequal = classes > 1 ? (any - equal) / (values * classes * (classes - 1)) : ofEqual;
        return simulated.Result(sameClass * ofEqual + (1 - sameClass) * ofUnequal, sameClass * ofEqual * ofEqual + (1 - sameClass) * ofUnequal * ofUnequal);
    }

    // Targets are drawn from the table: other ones in each draw of s for the moments, and always the same few for what pairs of them do.
    private static OutputLayer OfTargets(Network network, Draws draws)
    {
        var (units, count, rows, simulated) = (network.Classes, draws.CountFor(network.Classes), network.Targets!.Rows, new Simulation(network));
        var random = new RandomKey(1, "theory/targets").Stream();
        var paired = Enumerable.Range(0, Math.Min(rows, PairedTargets)).Select(k => (int)((long)k * rows / Math.Min(rows, PairedTargets))).ToArray();
        double[][] gradients = [.. paired.Select(_ => new double[units])], others = [.. paired.Select(_ => new double[units])];
        var products = new double[paired.Length, paired.Length];
        var pair = 0.0;
        foreach (var (s, other) in draws.Of(units, count))
        {
            for (var draw = 0; draw < TargetsPerDraw; draw++)
            {
                simulated.Add(s, random.NextInt32(rows), other, random.NextInt32(rows));
                for (var k = 0; k < units; k++)
                    pair += simulated.Gradient[k] * simulated.OtherGradient[k];
            }
            simulated.EndDraw();
            for (var r = 0; r < paired.Length; r++)
            {
                simulated.Evaluate(s, paired[r], gradients[r]);
                simulated.Evaluate(other, paired[r], others[r]);
            }
            for (var r = 0; r < paired.Length; r++)
                for (var t = 0; t < paired.Length; t++)
                    for (var k = 0; k < units; k++)
                        products[r, t] += gradients[r][k] * others[t][k];
        }
        var values = (double)count * units;
        return simulated.Result(pair / (values * TargetsPerDraw), products.Cast<double>().Average(product => product / values * (product / values)));
    }

    /// <summary>Draws of the s of two examples.</summary>
    private readonly record struct Draws(double Variance, double Covariance, double Mean)
    {
        public int CountFor(int units) => Variance > 0 ? Math.Max(1, Values / units) : 1;

        public IEnumerable<(double[] S, double[] Other)> Of(int units, int count)
        {
            var random = new RandomKey(1, "theory/output").Stream();
            var (shared, own) = (Math.Sqrt(Math.Abs(Covariance)), Math.Sqrt(Math.Max(0, Variance - Math.Abs(Covariance))));
            double[] s = new double[units], other = new double[units];
            for (var draw = 0; draw < count; draw++)
            {
                for (var k = 0; k < units; k++)
                {
                    var both = shared * random.NextGaussian();
                    s[k] = Mean + both + own * random.NextGaussian();
                    other[k] = Mean + Math.Sign(Covariance) * both + own * random.NextGaussian();
                }
                yield return (s, other);
            }
        }
    }

    /// <summary>The sums over draws that all kinds of targets share.</summary>
    private sealed class Simulation(Network network)
    {
        private readonly OutputCost outputCost = new(network);
        private readonly double[] outputs = new double[network.Classes];
        private double output, outputSquare, gradient, square, squareOfOther, productOfSquares, ofOne, ofOther;
        private long evaluated;
        private int draws;

        public double[] Gradient { get; } = new double[network.Classes];

        public double[] OtherGradient { get; } = new double[network.Classes];

        public void Add(double[] s, int label, double[] other, int otherLabel)
        {
            outputCost.Evaluate<double>(other, otherLabel, outputs, OtherGradient);
            outputCost.Evaluate<double>(s, label, outputs, Gradient);
            for (var k = 0; k < outputs.Length; k++)
            {
                gradient += Gradient[k];
                ofOne += Gradient[k] * Gradient[k];
                ofOther += OtherGradient[k] * OtherGradient[k];
            }
            evaluated += outputs.Length;
        }

        public void Evaluate(double[] s, int label, double[] gradient) => outputCost.Evaluate<double>(s, label, new double[outputs.Length], gradient);

        public void EndDraw()
        {
            (square, squareOfOther, productOfSquares) = (square + ofOne, squareOfOther + ofOther, productOfSquares + ofOne * ofOther);
            (ofOne, ofOther) = (0, 0);
            draws++;
            foreach (var value in outputs)
            {
                output += value;
                outputSquare += (value - Centre) * (value - Centre);
            }
        }

        public OutputLayer Result(double pair, double pairSquare)
        {
            var values = (double)draws * outputs.Length;
            var offset = output / values - Centre;
            return new(network.Output.IsSoftmax ? Centre : output / values, Math.Sqrt(Math.Max(0, outputSquare / values - offset * offset)),
                gradient / evaluated, square / evaluated, pair, pairSquare, Math.Max(0, draws * productOfSquares / (square * squareOfOther) - 1));
        }

        // Squares are summed around a value near the mean, so that equal outputs have an sd of 0.
        private double Centre { get; } = network.Output.Activation is { } activation ? activation.Value(0) : 1.0 / network.Classes;
    }
}
