using MathNet.Numerics.Distributions;
using Sonde.Networks;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Networks;

/// <summary>Rules of their own for the first layer, the output layer and the biases.</summary>
public sealed class InitializerOfLayerTests
{
    private const int Inputs = 300, Units = 500, Classes = 400;

    private static readonly Network Plain = new(
        Inputs, [Units, Units], Classes, ActivationList.Find("tanh")!, Find("standard"), CostList.Find("nll")!);

    private static Initializer Find(string name) => InitializerList.Find(name)!;

    [Theory]
    [InlineData("standard", true)]
    [InlineData("normalized", true)]
    [InlineData("he-uniform", true)]
    [InlineData("uniform(0.03)", true)]
    [InlineData("lecun", false)]
    [InlineData("he", false)]
    [InlineData("gaussian(0.02)", false)]
    public void WeightsAndBiases_HaveTheDistributionOfTheirRule(string name, bool isUniform)
    {
        var rule = Find(name);
        var (weights, biases) = (new float[Inputs * Units], new float[20_000]);
        var random = new RandomKey(5, "weights").Stream();
        rule.Fill(ref random, Inputs, Units, weights);
        rule.FillBiases(ref random, Inputs, biases);
        AssertDistributed(weights, rule.Variance(Inputs, Units));
        AssertDistributed(biases, rule.Variance(Inputs, biases.Length));

        void AssertDistributed(float[] values, double variance)
        {
            var bound = Math.Sqrt(3 * variance);
            IUnivariateDistribution expected = isUniform ? new ContinuousUniform(-bound, bound) : new Normal(0, Math.Sqrt(variance));
            Assert.InRange(KolmogorovDistance(values, expected), 0, KolmogorovLimit(values.Length));
        }
    }

    [Theory]
    [InlineData("he-uniform", "he")]
    [InlineData("gaussian(0.02)", "uniform(0.03464)")]
    public void ADistributionOfTheSameVariance_IsToldApart(string name, string other)
    {
        var weights = new float[Inputs * Units];
        var random = new RandomKey(5, "weights").Stream();
        Find(name).Fill(ref random, Inputs, Units, weights);
        var variance = Find(other).Variance(Inputs, Units);
        var bound = Math.Sqrt(3 * variance);
        IUnivariateDistribution wrong = other == "he" ? new Normal(0, Math.Sqrt(variance)) : new ContinuousUniform(-bound, bound);
        Assert.True(KolmogorovDistance(weights, wrong) > KolmogorovLimit(weights.Length));
    }

    [Fact]
    public void ALayersOwnRule_DrawsItsWeightsAndLeavesAllOthersToTheBit()
    {
        var plain = Parameters.Initialize(Plain, 3);
        var all = Parameters.Initialize(Plain with { Initializer = Find("normalized") }, 3);
        var mixed = Parameters.Initialize(Plain with { FirstInitializer = Find("normalized"), OutputInitializer = Find("normalized") }, 3);
        Assert.Equal(all.Layers[0].Weights, mixed.Layers[0].Weights);
        Assert.Equal(plain.Layers[1].Weights, mixed.Layers[1].Weights);
        Assert.Equal(all.Layers[2].Weights, mixed.Layers[2].Weights);
        Assert.All(mixed.Layers, layer => Assert.All(layer.Biases, bias => Assert.Equal(0f, bias)));
    }

    [Fact]
    public void BiasesOfARule_LeaveTheWeightsToTheBitAndDifferFromThem()
    {
        var (plain, biased) = (Parameters.Initialize(Plain, 3), Parameters.Initialize(Plain with { BiasInitializer = Find("standard") }, 3));
        foreach (var (expected, layer) in plain.Layers.Zip(biased.Layers))
        {
            Assert.Equal(expected.Weights, layer.Weights);
            var bound = 1 / Math.Sqrt(layer.FanIn);
            Assert.InRange(layer.Biases.Max(), 0.95 * bound, bound);
            Assert.InRange(layer.Biases.Min(), -bound, -0.95 * bound);
            Assert.NotEqual(layer.Weights[0], layer.Biases[0]);
        }
        Assert.NotEqual(biased.Layers[0].Biases[0], biased.Layers[1].Biases[0] * Math.Sqrt(Units / (double)Inputs), 1e-6);
        var constant = Parameters.Initialize(Plain with { BiasInitializer = Find("constant(0.1)") }, 3);
        Assert.All(constant.Layers, layer => Assert.All(layer.Biases, bias => Assert.Equal(0.1f, bias)));
    }

    [Fact]
    public void WithoutHiddenLayers_TheRuleOfTheOutputLayerComesFirst()
    {
        var network = Plain with { Hidden = [], FirstInitializer = Find("he") };
        Assert.Equal("he", network.InitializerOf(1).Name);
        Assert.Equal("lecun", (network with { OutputInitializer = Find("lecun") }).InitializerOf(1).Name);
    }

    [Fact]
    public void Words_NameEveryRule()
    {
        Assert.Equal("standard", Plain.InitializerText);
        Assert.Equal("standard (output he, biases constant(0.1))",
            (Plain with { OutputInitializer = Find("he"), BiasInitializer = Find("constant(0.1)") }).InitializerText);
    }

    [Fact]
    public void OrthogonalBiases_AreRefusedWithTheRulesThatFit() => Assert.Equal(
        "Biases cannot start by orthogonal, a rule for the weights of a whole layer. Take a rule that draws each value by itself: standard, normalized, "
        + "lecun, he, he-uniform, sklearn-mlp, gaussian(SD), uniform(A), constant(VALUE).",
        Assert.Throws<NotSupportedException>(() => Plain with { BiasInitializer = Find("orthogonal") }).Message);

    // The largest distance between the distribution of the values and the expected one.
    private static double KolmogorovDistance(float[] values, IUnivariateDistribution expected)
    {
        var distance = 0.0;
        foreach (var (rank, value) in values.Order().Index())
        {
            var share = expected.CumulativeDistribution(value);
            distance = Math.Max(distance, Math.Max(share - (double)rank / values.Length, (rank + 1.0) / values.Length - share));
        }
        return distance;
    }

    // Exceeded once in a million samples of the expected distribution.
    private static double KolmogorovLimit(int count) => Math.Sqrt(-Math.Log(0.5e-6) / (2.0 * count));
}
