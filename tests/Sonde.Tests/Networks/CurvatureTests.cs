using Sonde.Engines.Reference;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Tests.Networks;

/// <summary>The second back-propagation against central differences where it is exact, and against a slow twin with whole matrices where it drops
/// terms.</summary>
public sealed class CurvatureTests
{
    private const double Step = 1e-5;
    private const int Examples = 3;

    public static IEnumerable<TheoryDataRow<string, int[]>> Exact =>
        from cost in CostList.All.Take(2)
        from hidden in (int[][])[[], [4], [4, 1], [5, 1, 1]]
        select new TheoryDataRow<string, int[]>(cost.Name, hidden);

    [Theory, InlineData("nll"), InlineData("quadratic")]
    public void OfACost_IsTheDiagonalOfItsGaussNewtonMatrix(string name)
    {
        var cost = CostList.Find(name)!;
        double[] s = [0.3, -1, 1.7, 0.9], p = new double[4], curvature = new double[4], ignored = new double[4];
        cost.Evaluate<double>(s, 2, p, ignored);
        cost.Curvature<double>(p, curvature);
        for (var k = 0; k < s.Length; k++)
        {
            var (above, aboveGradient) = Moved(k, Step);
            var (below, belowGradient) = Moved(k, -Step);
            // That of -log P is the second derivative itself; a sum of squares has 2 (dP/ds)^2.
            var expected = name == "nll" ? (aboveGradient[k] - belowGradient[k]) / (2 * Step)
                : 2 * above.Zip(below, (one, other) => Math.Pow((one - other) / (2 * Step), 2)).Sum();
            Tolerances.AssertClose(expected, curvature[k], Tolerances.CentralDifference);
        }

        (double[] P, double[] Gradient) Moved(int k, double by)
        {
            var (moved, probabilities, gradient) = ((double[])s.Clone(), new double[4], new double[4]);
            moved[k] += by;
            cost.Evaluate<double>(moved, 2, probabilities, gradient);
            return (probabilities, gradient);
        }
    }

    // With at most one unit in every hidden layer but the first no unit shares what it drops with another: nothing but the output's own matrix loses terms.
    [Theory, MemberData(nameof(Exact))]
    public void WhereNoUnitsMeet_IsThatOfTheOutputTimesTheSquaredJacobian(string cost, int[] hidden)
    {
        var (network, pass, inputs, labels) = Pass(cost, hidden);
        var (ofWeights, ofBiases) = pass.Curvature(inputs);
        for (var i = 0; i < network.Layers; i++)
        {
            Compare(pass.Weights[i], ofWeights[i]);
            Compare(pass.Biases[i], ofBiases[i]);
        }

        void Compare(double[] parameters, double[] curvature)
        {
            var seeds = Seeds(network, pass, inputs, labels);
            for (var k = 0; k < parameters.Length; k++)
            {
                var jacobian = Jacobian(pass, inputs, labels, parameters, k);
                Tolerances.AssertClose(seeds.Zip(jacobian, (seed, slope) => seed * slope * slope).Sum() / Examples, curvature[k], Tolerances.CentralDifference);
            }
        }
    }

    [Fact]
    public void WithoutHiddenLayers_IsTheSecondDerivativeOfTheCost()
    {
        var (_, pass, inputs, labels) = Pass("nll", []);
        var (ofWeights, _) = pass.Curvature(inputs);
        for (var k = 0; k < ofWeights[0].Length; k++)
        {
            var slope = (GradientAt(Step, k) - GradientAt(-Step, k)) / (2 * Step);
            Tolerances.AssertClose(slope, ofWeights[0][k], Tolerances.CentralDifference);
        }

        double GradientAt(double by, int k)
        {
            pass.Weights[0][k] += by;
            pass.Forward(inputs, labels);
            pass.Backward(inputs);
            pass.Weights[0][k] -= by;
            return pass.WeightGradients[0][k];
        }
    }

    [Theory, InlineData("nll"), InlineData("quadratic")]
    public void OfDeepNetworks_IsTheGaussNewtonMatrixCutToItsDiagonalAtEveryLayer(string cost)
    {
        var (network, pass, inputs, labels) = Pass(cost, [5, 4, 3]);
        var (ofWeights, ofBiases) = pass.Curvature(inputs);
        double[][] expected = [.. ofWeights.Select(values => new double[values.Length])],
            expectedBiases = [.. ofBiases.Select(values => new double[values.Length])];
        var seeds = Seeds(network, pass, inputs, labels);
        for (var n = 0; n < Examples; n++)
        {
            var diagonal = seeds[(n * network.Classes)..((n + 1) * network.Classes)];
            for (var i = network.Layers - 1; i >= 0; i--)
            {
                var (fanIn, fanOut) = (network.FanIn(i + 1), network.FanOut(i + 1));
                double Input(int l) => i == 0 ? inputs[n * fanIn + l] : pass.Activations[i - 1][n * fanIn + l];
                for (var k = 0; k < fanOut; k++)
                {
                    expectedBiases[i][k] += diagonal[k] / Examples;
                    for (var l = 0; l < fanIn; l++)
                        expected[i][l * fanOut + k] += Input(l) * Input(l) * diagonal[k] / Examples;
                }
                if (i == 0)
                    break;
                // J^T H J of the layer below, J = W^T diag(f'), as a whole matrix; then its diagonal.
                var matrix = new double[fanIn, fanIn];
                for (var a = 0; a < fanIn; a++)
                    for (var b = 0; b < fanIn; b++)
                        for (var k = 0; k < fanOut; k++)
                            matrix[a, b] += Slope(Input(a)) * pass.Weights[i][a * fanOut + k] * diagonal[k] * pass.Weights[i][b * fanOut + k] * Slope(Input(b));
                diagonal = [.. Enumerable.Range(0, fanIn).Select(a => matrix[a, a])];
            }
        }
        for (var i = 0; i < network.Layers; i++)
        {
            Assert.All(expected[i].Zip(ofWeights[i]), pair => Tolerances.AssertClose(pair.First, pair.Second, Tolerances.DoubleRounding));
            Assert.All(expectedBiases[i].Zip(ofBiases[i]), pair => Tolerances.AssertClose(pair.First, pair.Second, Tolerances.DoubleRounding));
        }
        // What was dropped is there: in the first layer it differs from the output's curvature times the squared Jacobian.
        var whole = seeds.Zip(Jacobian(pass, inputs, labels, pass.Weights[0], 0), (seed, slope) => seed * slope * slope).Sum() / Examples;
        Assert.True(Math.Abs(whole - ofWeights[0][0]) > 0.02 * whole, $"{whole} and {ofWeights[0][0]}");

        static double Slope(double z) => 1 - z * z;
    }

    [Fact]
    public void ShareOfAnEstimate_IsThatOfAMeanUntilTheMeanFades()
    {
        var settings = new DiagonalLevenbergMarquardt(1, 0.1f, Memory: 0.75f, Every: 3);
        Assert.Equal(
            [1, 0, 0, 0.5f, 0, 0, 1 / 3f, 0, 0, 0.25f, 0, 0, 0.25f],
            Enumerable.Range(1, 13).Select(step => DiagonalLevenbergMarquardt.CurvatureShare(settings, step)));
    }

    [Fact]
    public void Directions_AreThoseOfTheirFormulas()
    {
        Scalar<double> first = new(0.5), second = default;
        Assert.Equal(4, new DiagonalLevenbergMarquardt(1, 0.25f, 0.9f, 1).Direction<Scalar<double>>(new(7), new(3), ref first, ref second).Value);
        Assert.Equal(0.5, first.Value);
        // The means of squares of 1, 2, 3 with at least half for the newest: 1, 2.5, 5.75.
        first = default;
        foreach (var (step, gradient, mean) in ((int, double, double)[])[(1, 1, 1), (2, -2, 2.5), (3, 3, 5.75)])
        {
            var rule = GradientVariance.At(new(1, 0.5f, 0.25f), step);
            Assert.Equal(gradient / Math.Sqrt(mean + 0.25), rule.Direction<Scalar<double>>(new(7), new(gradient), ref first, ref second).Value, 1e-12);
            Assert.Equal(mean, first.Value, 1e-12);
        }
    }

    private static (Network, ReferenceNetwork<double>, double[] Inputs, int[] Labels) Pass(string cost, int[] hidden)
    {
        var network = new Network(6, hidden, 4, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find(cost)!);
        var pass = new ReferenceNetwork<double>(network);
        var random = new RandomKey(5, "curvature").Stream();
        for (var i = 0; i < network.Layers; i++)
        {
            Fill(ref random, pass.Weights[i]);
            Fill(ref random, pass.Biases[i]);
        }
        var inputs = new double[Examples * network.Inputs];
        Fill(ref random, inputs);
        int[] labels = [0, 3, 1];
        pass.Forward(inputs, labels);
        return (network, pass, inputs, labels);

        static void Fill(ref RandomStream random, double[] values)
        {
            for (var k = 0; k < values.Length; k++)
                values[k] = 0.7 * random.NextGaussian();
        }
    }

    // The curvature of each example's output, and what a parameter does to it.
    private static double[] Seeds(Network network, ReferenceNetwork<double> pass, double[] inputs, int[] labels)
    {
        pass.Forward(inputs, labels);
        var seeds = new double[Examples * network.Classes];
        for (var n = 0; n < Examples; n++)
            network.Cost.Curvature<double>(pass.Activations[^1].AsSpan(n * network.Classes, network.Classes),
                seeds.AsSpan(n * network.Classes, network.Classes));
        return seeds;
    }

    private static double[] Jacobian(ReferenceNetwork<double> pass, double[] inputs, int[] labels, double[] parameters, int k)
    {
        return [.. At(Step).Zip(At(-Step), (above, below) => (above - below) / (2 * Step))];

        double[] At(double by)
        {
            parameters[k] += by;
            pass.Forward(inputs, labels);
            parameters[k] -= by;
            return pass.Preactivations[^1];
        }
    }
}
