using Sonde.Data;
using Sonde.Networks;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>Where back-propagation begins, against closed forms.</summary>
public sealed class OutputLayerTests
{
    private static OutputLayer Simulate(string cost, int units, double variance, double covariance, double sameClass, string output = "softmax",
        TargetTable? targets = null) => OutputLayer.Simulate(
            new(4, [3], units, ActivationList.Find("tanh")!, InitializerList.Find("standard")!, CostList.Find(cost)!)
            {
                Output = OutputList.Find(output)!, Targets = targets,
            }, variance, covariance, sameClass);

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(100)]
    public void AtUniformProbabilities_GradientsHaveTheirClosedForms(int classes)
    {
        var k = (double)classes;
        // P - onehot: one entry of (1 - 1/K)^2 and K - 1 of 1/K^2.
        Tolerances.AssertClose((1 - 1 / k) / k, Simulate("nll", classes, 0, 0, 1 / k).GradientSquare, Tolerances.DoubleRounding, scale: 0);
        // 2 P (e - sum e P) = 2/K (1/K - onehot).
        Tolerances.AssertClose(
            4 * (1 - 1 / k) / (k * k * k), Simulate("quadratic", classes, 0, 0, 1 / k).GradientSquare, Tolerances.DoubleRounding, scale: 0);
        Assert.Equal(0, Simulate("nll", classes, 0, 0, 1 / k).OutputSd, Tolerances.DoubleRounding);
    }

    [Theory]
    [InlineData(1.0 / 9, 0)]
    [InlineData(0.13, (0.13 - 1.0 / 9) / 9)]
    [InlineData(1, (1 - 1.0 / 9) / 9)]
    public void GradientsOfTwoExamples_GoTogetherOnlyAsClassesDo(double sameClass, double expected) =>
        Tolerances.AssertClose(expected, Simulate("nll", 9, 0, 0, sameClass).GradientPair, Tolerances.DoubleRounding);

    [Fact]
    public void SmallPreactivations_MoveProbabilitiesToFirstOrder()
    {
        const double variance = 1e-4, covariance = 4e-5, classes = 10;
        var output = Simulate("nll", 10, variance, covariance, 1 / classes);
        // P = 1/K (1 + s - mean s); of two examples the parts go together that their s share. 4,000 draws of nine free numbers err by sqrt(2/36000) = 0.7 %.
        Tolerances.AssertClose(Math.Sqrt(variance * (1 - 1 / classes)) / classes, output.OutputSd, 0.02, scale: 0);
        Tolerances.AssertClose(covariance * (1 - 1 / classes) / (classes * classes), output.GradientPair, 0.05, scale: 0);
        // The square grows by the variance of P.
        Tolerances.AssertClose((1 - 1 / classes) / classes + output.OutputSd * output.OutputSd, output.GradientSquare, 1e-4, scale: 0);
    }

    [Fact]
    public void TheSameCall_GivesTheSameBits() =>
        Assert.Equal(Simulate("quadratic", 9, 0.5, 0.3, 0.13), Simulate("quadratic", 9, 0.5, 0.3, 0.13));

    [Fact]
    public void LinearOutputsOfNumbers_HaveTheMomentsOfTheirErrors()
    {
        // dCost/ds = 2 (s - y), with y of mean 1 and variance 4.
        var output = Simulate("mse", 1, 0.5, 0.2, 0, "linear", new(TargetKind.Values, 1, [3, -1]));
        Tolerances.AssertClose(0.5, output.OutputSd * output.OutputSd, 0.03, scale: 0);
        Assert.Equal(0, output.OutputMean, 0.01);
        Tolerances.AssertClose(-2, output.GradientMean, 0.02, scale: 0);
        Tolerances.AssertClose(4 * (0.5 + 4 + 1), output.GradientSquare, 0.02, scale: 0);
        // Two examples share a part of s, and the mean.
        Tolerances.AssertClose(4 * (0.2 + 1), output.GradientPair, 0.05, scale: 0);
        // Over the four pairs of targets: 4 (0.2 + y y') with y y' of 9, -3, -3 and 1.
        Tolerances.AssertClose(new[] { 9, -3, -3, 1 }.Average(product => Math.Pow(4 * (0.2 + product), 2)), output.PairSquare, 0.05, scale: 0);
    }

    [Fact]
    public void SigmoidsOfClasses_BeginAtOneHalf()
    {
        // s = 0: P - onehot is 1/2 for K - 1 units and -1/2 for one; bce is a mean over units.
        var output = Simulate("bce", 5, 0, 0, 0.2, "sigmoid");
        Tolerances.AssertClose(0.25 / 25, output.GradientSquare, Tolerances.DoubleRounding, scale: 0);
        Tolerances.AssertClose((4 * 0.5 - 0.5) / 25, output.GradientMean, Tolerances.DoubleRounding, scale: 0);
        Assert.Equal((0.5, 0.0), (output.OutputMean, output.OutputSd));
    }
}
