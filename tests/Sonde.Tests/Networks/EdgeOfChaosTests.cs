using Sonde.Networks;
using Sonde.Numerics.Integrals;

namespace Sonde.Tests.Networks;

/// <summary>The weights for which a signal keeps its size, against closed forms.</summary>
public sealed class EdgeOfChaosTests
{
    [Theory]
    [InlineData("tanh", 1, 0)]
    [InlineData("softsign", 1, 0)]
    [InlineData("hard-tanh", 1, 0)]
    [InlineData("elu", 1, 0)]
    [InlineData("linear", 1, 1)]
    [InlineData("relu", 1.4142135623730951, 1)]
    // The root of 2 / (sum of the squares of the slopes at both sides of 0).
    [InlineData("leaky-relu", 1.4141428569978354, 1)]
    [InlineData("selu", 0.6904861, 0)]
    public void WithoutBiases_ItIsTheKnownWeight(string name, double weightSd, double variance)
    {
        var point = EdgeOfChaos.Find(ActivationList.Find(name)!)!;
        Tolerances.AssertClose(weightSd, point.WeightSd, 1e-5);
        Assert.Equal((0, variance), (point.BiasSd, point.Variance));
    }

    [Theory]
    [InlineData("gelu")]
    [InlineData("silu")]
    [InlineData("mish")]
    [InlineData("sigmoid")]
    public void AtThePoint_VarianceAndGradientsStay(string name)
    {
        var activation = ActivationList.Find(name)!;
        var (weightSd, biasSd, variance) = EdgeOfChaos.Find(activation)!;
        Tolerances.AssertClose(1, weightSd * weightSd * GaussianMean.Of(variance, s => Math.Pow(activation.Derivative(s), 2)), 1e-6);
        Tolerances.AssertClose(variance, weightSd * weightSd * GaussianMean.Of(variance, s => Math.Pow(activation.Value(s), 2)) + biasSd * biasSd, 1e-6);
        Assert.Equal(name == "sigmoid", biasSd == 0);
        Assert.InRange(variance, name == "sigmoid" ? 45 : 1, name == "sigmoid" ? 46 : 1);
    }

    [Fact]
    public void Softplus_HasNone() => Assert.Null(EdgeOfChaos.Find(ActivationList.Find("softplus")!));
}
