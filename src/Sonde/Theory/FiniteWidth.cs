using Sonde.Networks;
using Sonde.Numerics.Integrals;

namespace Sonde.Theory;

/// <summary>How far one network of finite width is expected to be from the mean field: the variance of <c>ln E[z^2]</c> and of <c>ln E[(dCost/ds)^2]</c>
/// over initial weights.</summary>
/// <remarks>
/// A mean over n units of a layer differs from its expectation by a relative variance <c>kappa / n</c>, where kappa is the relative variance over units of
/// the mean of f(s)^2 over examples: for one example and relu 5, less for many examples that differ. Each layer adds its own, and passes on what it gets
/// from below by <c>d ln E[f^2] / d ln q</c>: 1 for relu, so that differences add up over layers, less for tanh. On the way down they always add up, and the
/// slopes f'(s) follow what happened on the way up. Left out: fluctuations of the covariance of two examples, and that the weights on the way down are those
/// on the way up, which makes gradients of deep relu networks scatter up to 60 % more than is said here.
/// </remarks>
internal sealed class FiniteWidth
{
    // For slopes of logarithms.
    private const double Step = 1e-3;

    // A relative change of q at the output layer, to see how its gradient follows.
    private const double OutputStep = 0.2;

    private readonly Network network;

    // Index: the layer. The variance of ln q given the examples, 0 in the first layer; that of ln E[(dCost/ds)^2]; the relative variance of z over units, and
    // how much of a relative change of q it follows.
    private readonly double[] ofPreactivations, ofGradients, ofSpread, passedSpread;

    /// <summary>Prepares the spread of a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="s">[layers + 1], moments of the pre-activations of each layer.</param>
    /// <param name="weightVariance">The variance of a layer's weights.</param>
    /// <param name="output">Simulates the output layer for a variance and a covariance.</param>
    /// <param name="examples">Moments of the examples.</param>
    /// <param name="shifted">Makes a function of s around the mean bias of a function of s.</param>
    public FiniteWidth(
        Network network, Moments[] s, Func<int, double> weightVariance, Func<double, double, OutputLayer> output, ExampleMoments examples,
        Func<Func<double, double>, Func<double, double>> shifted)
    {
        this.network = network;
        var top = network.Layers;
        double[] Layers() => new double[top + 1];
        (ofPreactivations, ofGradients, ofSpread, passedSpread) = (Layers(), Layers(), Layers(), Layers());
        // Relative variances over units, how much of a relative change of q comes out of the layer, and the share of q that is not the biases'.
        var (ofSquares, ofSlopes, passedSquare, passedSlope, share) = (Layers(), Layers(), Layers(), Layers(), Layers());
        // Two examples are alike or not: half of the pairs one sd above the mean and half of them below have the right mean and mean square.
        double[][] pairs = [Layers(), Layers()], ofSquaredPairs = [Layers(), Layers()];
        foreach (var (pair, ofSquaredPair, sign) in pairs.Zip(ofSquaredPairs, [1, -1]))
        {
            var product = Math.Clamp(examples.Pair + sign * examples.PairSd, -examples.Square, examples.Square);
            for (var i = 1; i <= top; i++)
            {
                pair[i] = network.FanIn(i) * weightVariance(i) * product + network.BiasVariance(i);
                if (i < top)
                    (product, ofSquaredPair[i]) = GaussianMean.OfPairs(s[i].Square, pair[i], shifted(network.ActivationOf(i).Value));
            }
        }
        // The squared correlation of two examples' gradients above the layer. Slopes diminish it on the way down.
        var gradient = output(s[top].Square, s[top].Pair);
        var alike = gradient.PairSquare / Squared(gradient.GradientSquare);
        double[] likeness = [alike, alike];
        for (var i = top - 1; i >= 1; i--)
        {
            var (value, slope, q) = (shifted(network.ActivationOf(i).Value), shifted(network.ActivationOf(i).Derivative), s[i].Square);
            if (q == 0)
                continue;
            var mean = GaussianMean.Of(q, value);
            var (meanSquare, slopeSquare) = (GaussianMean.Of(q, Square(value)), GaussianMean.Of(q, Square(slope)));
            ofSquares[i] = ofSquaredPairs.Average(pair => OverUnits(pair[i], meanSquare));
            var spread = GaussianMean.Of(q, u => Squared(value(u) - mean));
            ofSpread[i] = pairs.Average(pair => OverUnits(GaussianMean.OfPair(q, pair[i], u => Squared(value(u) - mean)), spread));
            // A unit's gradient above the slope is a normal number, whose square has a relative variance of 2 for one example.
            (double Product, double OfSquares)[] slopes = [.. pairs.Select(pair => GaussianMean.OfPairs(q, pair[i], slope))];
            double[] slopesOverUnits = [.. slopes.Select(of => 1 + OverUnits(of.OfSquares, slopeSquare))];
            ofSlopes[i] = slopesOverUnits.Zip(likeness, (units, like) => (1 + 2 * like) * units - 1).Average();
            (passedSquare[i], passedSpread[i], passedSlope[i]) = (Passed(q, Square(value)), PassedSpread(q, value), Passed(q, Square(slope)));
            // A layer of few units makes gradients alike that were not.
            likeness = [.. slopes.Zip(likeness, slopesOverUnits).Select(of =>
                of.Second * Squared(of.First.Product / slopeSquare) + (1 - of.Second) * of.Third / network.FanOut(i))];
        }
        for (var i = 2; i <= top; i++)
            share[i] = s[i].Square > 0 && !network.InitializerOf(i).FitsExamples ? 1 - network.BiasVariance(i) / s[i].Square : 0;
        for (var i = 2; i <= top; i++)
            ofPreactivations[i] = Squared(share[i]) * (Squared(passedSquare[i - 1]) * ofPreactivations[i - 1] + ofSquares[i - 1] / network.FanOut(i - 1));
        // The few output units have s of their own in every network, and a larger q makes their gradients differ more.
        var (larger, smaller) = (1 + OutputStep, 1 / (1 + OutputStep));
        var (fromHere, followed) = (gradient.SquareSpread, Math.Log(output(larger * s[top].Square, larger * s[top].Pair).GradientSquare
            / output(smaller * s[top].Square, smaller * s[top].Pair).GradientSquare) / (2 * Math.Log(larger)));
        for (var i = top - 1; i >= 1; i--)
        {
            // What a layer's units add on the way up changes the slopes of all layers above, and the output.
            fromHere += (ofSlopes[i] + Squared(share[i + 1] * followed) * ofSquares[i]) / network.FanOut(i);
            followed = passedSlope[i] + passedSquare[i] * share[i + 1] * followed;
            ofGradients[i] = fromHere + Squared(followed) * ofPreactivations[i];
        }
    }

    /// <summary>The spread of sd of z in a hidden layer.</summary>
    public Spread OfActivations(int layer) => new(Squared(passedSpread[layer]) * ofPreactivations[layer] + ofSpread[layer] / network.FanOut(layer));

    /// <summary>The spread of sd of dCost/ds in a hidden layer.</summary>
    public Spread OfGradients(int layer) => new(ofGradients[layer]);

    // The relative variance over units of the mean over examples of a function, which is the covariance of two examples' values.
    private static double OverUnits(double ofPair, double mean) => Math.Max(0, ofPair / Squared(mean) - 1);

    private static double Passed(double q, Func<double, double> function) =>
        Math.Log(GaussianMean.Of(q * (1 + Step), function) / GaussianMean.Of(q * (1 - Step), function)) / (2 * Step);

    private static double PassedSpread(double q, Func<double, double> value)
    {
        double Spread(double variance) => GaussianMean.Of(variance, Square(value)) - Squared(GaussianMean.Of(variance, value));
        return Math.Log(Spread(q * (1 + Step)) / Spread(q * (1 - Step))) / (2 * Step);
    }

    private static Func<double, double> Square(Func<double, double> function) => u => Squared(function(u));

    private static double Squared(double value) => value * value;
}
