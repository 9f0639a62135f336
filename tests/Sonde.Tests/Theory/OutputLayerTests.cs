using Sonde.Networks;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>Where back-propagation begins, against closed forms.</summary>
public sealed class OutputLayerTests
{
    private static readonly Cost Likelihood = CostList.Find("nll")!, Quadratic = CostList.Find("quadratic")!;

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(100)]
    public void AtUniformProbabilities_GradientsHaveTheirClosedForms(int classes)
    {
        var k = (double)classes;
        // P - onehot: one entry of (1 - 1/K)^2 and K - 1 of 1/K^2.
        Tolerances.AssertClose((1 - 1 / k) / k, OutputLayer.Simulate(Likelihood, classes, 0, 0, 1 / k).GradientSquare, Tolerances.DoubleRounding, scale: 0);
        // 2 P (e - sum e P) = 2/K (1/K - onehot).
        Tolerances.AssertClose(
            4 * (1 - 1 / k) / (k * k * k), OutputLayer.Simulate(Quadratic, classes, 0, 0, 1 / k).GradientSquare, Tolerances.DoubleRounding, scale: 0);
        Assert.Equal(0, OutputLayer.Simulate(Likelihood, classes, 0, 0, 1 / k).ProbabilitySd, Tolerances.DoubleRounding);
    }

    [Theory]
    [InlineData(1.0 / 9, 0)]
    [InlineData(0.13, (0.13 - 1.0 / 9) / 9)]
    [InlineData(1, (1 - 1.0 / 9) / 9)]
    public void GradientsOfTwoExamples_GoTogetherOnlyAsClassesDo(double sameClass, double expected) =>
        Tolerances.AssertClose(expected, OutputLayer.Simulate(Likelihood, 9, 0, 0, sameClass).GradientPair, Tolerances.DoubleRounding);

    [Fact]
    public void SmallPreactivations_MoveProbabilitiesToFirstOrder()
    {
        const double variance = 1e-4, covariance = 4e-5, classes = 10;
        var output = OutputLayer.Simulate(Likelihood, 10, variance, covariance, 1 / classes);
        // P = 1/K (1 + s - mean s); of two examples the parts go together that their s share. 4,000 draws of nine free numbers err by sqrt(2/36000) = 0.7 %.
        Tolerances.AssertClose(Math.Sqrt(variance * (1 - 1 / classes)) / classes, output.ProbabilitySd, 0.02, scale: 0);
        Tolerances.AssertClose(covariance * (1 - 1 / classes) / (classes * classes), output.GradientPair, 0.05, scale: 0);
        // The square grows by the variance of P.
        Tolerances.AssertClose((1 - 1 / classes) / classes + output.ProbabilitySd * output.ProbabilitySd, output.GradientSquare, 1e-4, scale: 0);
    }

    [Fact]
    public void TheSameCall_GivesTheSameBits() =>
        Assert.Equal(OutputLayer.Simulate(Quadratic, 9, 0.5, 0.3, 0.13), OutputLayer.Simulate(Quadratic, 9, 0.5, 0.3, 0.13));
}
