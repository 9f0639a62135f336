using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Tests.Networks;

/// <summary>Outputs, costs and targets that fit together, and those that do not.</summary>
public sealed class OutputTests
{
    private static Network Of(string output, string cost, int units, TargetTable? targets = null) => new(
        2, [3], units, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find(cost)!)
    {
        Output = OutputList.Find(output)!, Targets = targets,
    };

    [Theory]
    [InlineData("softmax", "nll", 1, "The softmax of one unit is always 1, so nll learns nothing. Use output: sigmoid with cost: bce, or one output for each "
        + "class.")]
    [InlineData("sigmoid", "nll", 3, "nll takes outputs for probabilities of classes, which sigmoid does not give. Use output: softmax, or cost: bce with "
        + "output: sigmoid for several answers of yes or no.")]
    [InlineData("softmax", "bce", 2, "bce takes each output for a yes or no of its own, and those of a softmax exclude each other. Use cost: nll, or output: "
        + "sigmoid.")]
    [InlineData("relu", "bce", 1, "bce takes outputs for probabilities, and relu can be outside of 0 to 1. Use output: sigmoid, or cost: bce-logits with "
        + "output: linear.")]
    [InlineData("sigmoid", "bce-logits", 1, "bce-logits applies a sigmoid itself, after that of sigmoid. Use output: linear, or cost: bce with output: "
        + "sigmoid.")]
    [InlineData("linear", "poisson", 1, "poisson takes the logarithm of the outputs, and linear can be negative. Use output: softplus.")]
    [InlineData("sigmoid", "cross-entropy", 1, "cross-entropy compares classes, and there is one output. Use cost: bce for one yes or no, or one output for "
        + "each class.")]
    public void AnImpossiblePair_HasACureAndTrainsAllTheSame(string output, string cost, int units, string sentence)
    {
        var network = Of(output, cost, units, TargetTable.OfClasses(Math.Max(2, units), units));
        Assert.Equal(sentence, network.Mismatch);
        using var engine = Engine.Create(network, 2, new Sgd(0.1f), 1);
        engine.Load(Parameters.Initialize(network, 1));
        Assert.InRange(engine.Update([1, 2, 3, 4], [0, 1]).Misclassified, 0, 2);
    }

    [Theory]
    [InlineData("softmax", "nll", 3)]
    [InlineData("softmax", "quadratic", 3)]
    [InlineData("softmax", "mse", 3)]
    [InlineData("sigmoid", "bce", 1)]
    [InlineData("linear", "bce-logits", 4)]
    [InlineData("linear", "mse", 1)]
    [InlineData("softplus", "poisson", 2)]
    public void AUsualPair_HasNoWarning(string output, string cost, int units) => Assert.Null(Of(output, cost, units).Mismatch);

    [Fact]
    public void TargetsThatOutputsCannotReach_AreNamed()
    {
        Assert.Equal("The output sigmoid is between 0 and 1, and the targets go from -1 to 7. Use output: linear, or scale the targets.",
            Of("sigmoid", "mse", 1, new(TargetKind.Values, 1, [-1, 7])).Mismatch);
        Assert.Equal("The output relu is 0 or more, and the targets go from -1 to 1. Give 1 for yes and 0 for no.",
            Of("relu", "mse", 1, new(TargetKind.YesNo, 1, [-1, 1])).Mismatch);
        Assert.Null(Of("linear", "mse", 1, new(TargetKind.Values, 1, [-1, 7])).Mismatch);
    }

    [Fact]
    public void ASoftmaxOfOneUnit_HasOutputOneAndNoSlope()
    {
        foreach (var cost in (string[])["nll", "cross-entropy", "bce", "mse", "quadratic", "cross-entropy-logits"])
        {
            var (outputs, gradient) = (new double[1], new double[1]);
            CostList.Find(cost)!.Evaluate<double>(OutputList.Softmax, [3], [0], outputs, gradient);
            Assert.Equal((1, 0), (outputs[0], gradient[0]));
        }
    }

    [Fact]
    public void CrossEntropy_EqualsNllOnASoftmaxAndIsNormalizedElsewhere()
    {
        double[] s = [0.3, -1, 2], outputs = new double[3], gradient = new double[3], ofNll = new double[3];
        var cost = CostList.Find("cross-entropy")!.Evaluate<double>(OutputList.Softmax, s, [0, 1, 0], outputs, gradient);
        Tolerances.AssertClose(CostList.Find("nll")!.Evaluate<double>(s, 1, outputs, ofNll), cost, Tolerances.DoubleRounding);
        foreach (var (expected, actual) in ofNll.Zip(gradient))
            Tolerances.AssertClose(expected, actual, Tolerances.DoubleRounding);
        // Outputs of 1, 2 and 5 are shares of 1/8, 1/4 and 5/8.
        cost = CostList.Find("cross-entropy")!.Evaluate<double>(OutputList.Find("linear")!, [1, 2, 5], [0, 1, 0], outputs, gradient);
        Tolerances.AssertClose(Math.Log(4), cost, Tolerances.DoubleRounding);
        // Dead rectifiers: all outputs 0.
        Assert.True(double.IsFinite(CostList.Find("cross-entropy")!.Evaluate<double>(OutputList.Find("relu")!, [-1, -2, -5], [0, 1, 0], outputs, gradient)));
        Assert.All(gradient, slope => Assert.Equal(0, slope));
    }

    [Fact]
    public void ErrorsOfYesOrNo_CountOutputsOnTheWrongSide()
    {
        var network = Of("linear", "bce-logits", 3, new(TargetKind.YesNo, 3, [1, 0, 1, 0, 0, 0]));
        using var engine = Engine.Create(network, 2, new Sgd(0.1f), 1);
        var parameters = Parameters.Empty(network);
        // Outputs are the biases: yes, no, no.
        new float[] { 0.2f, -0.2f, -3 }.CopyTo(parameters.Layers[1].Biases, 0);
        engine.Load(parameters);
        Assert.Equal(2, engine.Observe(new float[4], [0, 1], new Observation(network, ObservationNeeds.None)).Deviation);
    }

    [Fact]
    public void OneOutputForTwoClasses_SaysWhichByItsSide()
    {
        var network = Of("sigmoid", "bce", 1, TargetTable.OfClasses(2, 1));
        using var engine = Engine.Create(network, 2, new Sgd(0.5f), 1);
        engine.Load(Parameters.Initialize(network, 1));
        float[] x = [1, 0, -1, 0];
        for (var update = 0; update < 200; update++)
            engine.Update(x, [1, 0]);
        var seen = new Observation(network, ObservationNeeds.None);
        Assert.Equal(0, engine.Observe(x, [1, 0], seen).Misclassified);
        Assert.Equal([1, 0], seen.Predicted);
    }

    [Theory]
    [InlineData("linear", "mse")]
    [InlineData("sigmoid", "bce")]
    [InlineData("softplus", "poisson")]
    [InlineData("softmax", "mse")]
    [InlineData("linear", "cross-entropy-logits")]
    public void Curvature_IsTheDiagonalOfTheGaussNewtonMatrix(string output, string cost)
    {
        double[] s = [0.3, -1, 0.8], t = [0, 1, 0], outputs = new double[3], curvature = new double[3], gradient = new double[3];
        var (rule, function) = (CostList.Find(cost)!, OutputList.Find(output)!);
        rule.Evaluate<double>(function, s, t, outputs, gradient);
        rule.Curvature<double>(function, s, t, outputs, curvature);
        const double Step = 1e-5;
        for (var k = 0; k < s.Length; k++)
        {
            var (above, below) = (Moved(Step), Moved(-Step));
            // Pairs whose cost is linear in what is dropped have their own second derivative; the rest the sum of C'' (dz/ds)^2.
            var expected = (output, cost) switch
            {
                ("sigmoid", "bce") or ("linear", _) => (above.Gradient - below.Gradient) / (2 * Step),
                ("softmax", "mse") => above.Outputs.Zip(below.Outputs, (a, b) => 2.0 / 3 * Math.Pow((a - b) / (2 * Step), 2)).Sum(),
                _ => above.Outputs.Zip(below.Outputs).Select((pair, j) =>
                    t[j] / 3 / Math.Pow(outputs[j] + 1e-7, 2) * Math.Pow((pair.First - pair.Second) / (2 * Step), 2)).Sum(),
            };
            Tolerances.AssertClose(expected, curvature[k], Tolerances.CentralDifference);

            (double[] Outputs, double Gradient) Moved(double by)
            {
                double[] moved = [.. s], at = new double[3], slopes = new double[3];
                moved[k] += by;
                rule.Evaluate<double>(function, moved, t, at, slopes);
                return (at, slopes[k]);
            }
        }
    }

    [Fact]
    public void TargetsOfAnotherWidth_AreRepeatedOrRefused()
    {
        Assert.Equal([1, 1, 1, 0, 0, 0], new TargetTable(TargetKind.YesNo, 1, [1, 0]).ForOutputs(3).Values);
        Assert.Equal("targets: expected 3 columns, one for each output of the network, found 2. Correct `network.outputs`, or leave it out.",
            Assert.Throws<DataException>(() => new TargetTable(TargetKind.YesNo, 2, [1, 0]).ForOutputs(3)).Message);
        Assert.Equal("targets: expected an output for each of 4 classes, or one output, found 3 outputs. Correct `network.outputs`, or leave it out.",
            Assert.Throws<DataException>(() => TargetTable.OfClasses(4, 3)).Message);
        Assert.Equal([1, 0, 0, 0, 1, 0], TargetTable.OfClasses(2, 3).Values);
        Assert.Equal([0, 1, 2], TargetTable.OfClasses(3, 1).Values);
    }
}
