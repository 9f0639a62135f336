using Sonde.Networks;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>Known values of the mean-field theory, and what is said where a forecast does not hold.</summary>
public sealed class ForecastTests
{
    // So small that layers stay in their linear regime.
    private static readonly ExampleMoments Faint = new(1e-6, 0, 0.1), Bright = new(0.6, 0.3, 0.13);

    [Theory]
    [InlineData("tanh", "standard", 1.0 / 3)]
    [InlineData("tanh", "normalized", 1)]
    [InlineData("softsign", "standard", 1.0 / 3)]
    [InlineData("softsign", "normalized", 1)]
    [InlineData("sigmoid", "normalized", 1.0 / 16)] // f'(0) = 1/4
    public void Chi_IsItsKnownValueForFaintInputs(string activation, string initializer, double chi)
    {
        var layers = Of(activation, initializer, [200, 200, 200], Faint).MeanField;
        // Sigmoid's second layer sees inputs of 1/2, so its s is no longer small.
        Tolerances.AssertClose(chi, layers[0].Chi!.Value, 0.01, scale: 0);
        Assert.Null(layers[^1].Chi);
    }

    [Theory]
    [InlineData("he", 1)]
    [InlineData("standard", 1.0 / 6)]
    [InlineData("normalized", 0.5)]
    public void ChiOfRelu_IsHalfOfNVarWWhateverTheInputs(string initializer, double chi)
    {
        foreach (var examples in (ExampleMoments[])[Faint, Bright])
            Assert.All(Of("relu", initializer, [200, 200, 200], examples).MeanField.Take(2), layer =>
                Tolerances.AssertClose(chi, layer.Chi!.Value, Tolerances.GaussianMean));
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("softsign")]
    public void BrighterInputs_ShrinkGradientsMore(string activation)
    {
        double[] squares = [0.001, 0.01, 0.1, 1, 10];
        var chi = squares.Select(square => Of(activation, "normalized", [100, 100], new(square, 0, 0.1)).MeanField[0].Chi!.Value).ToList();
        Assert.Equal(chi.OrderDescending(), chi);
        Assert.InRange(chi[^1], 0, 0.4);
    }

    [Fact]
    public void DepthScale_CountsLayers()
    {
        // 1 / ln 3: the standard initialization forgets within a layer.
        Tolerances.AssertClose(0.910, Of("tanh", "standard", [100, 100, 100], Faint).DepthScale!.Value, 1e-3);
        Assert.Equal("Gradients lose a factor e (in variance) every 0.9 layers on their way down. A signal survives about 4 layers, until a tenth of its "
            + "size is left; this network has 3.",
            Of("tanh", "standard", [100, 100, 100], Faint).DepthSentence);
        Assert.Equal(double.PositiveInfinity, Of("linear", "normalized", [100, 100, 100], Bright).DepthScale);
        Assert.Equal("Gradients keep their size on their way down: the depth scale is unlimited.",
            Of("linear", "normalized", [100, 100, 100], Bright).DepthSentence);
        Assert.Null(Of("tanh", "standard", [100], Bright).DepthSentence);
        Assert.Null(Of("tanh", "standard", [100], Bright).DepthScale);
        Assert.Null(Of("tanh", "constant(0)", [100, 100], Bright).DepthScale);
        Assert.Null(Of("tanh", "constant(0.1)", [100, 100], Bright).DepthScale);
    }

    [Fact]
    public void Sigmoid_HasNoLinearForecastAndIsToldWhy()
    {
        var forecast = Of("sigmoid", "standard", [100, 100], Bright);
        Assert.Empty(forecast.Linear);
        Assert.Equal(3, forecast.MeanField.Count);
        Assert.Equal("There is no linear forecast for sigmoid: eqs 4 to 7 of the paper need f(0) = 0 and f'(0) = 1.", Assert.Single(forecast.Notes));
        Tolerances.AssertClose(0.5, forecast.MeanField[1].ActivationMean, Tolerances.GaussianMean);
    }

    [Fact]
    public void WeightsOfAnotherMeanThanZero_HaveNoForecastAndAreToldWhy()
    {
        var forecast = Of("tanh", "constant(0.5)", [100], Bright);
        Assert.Empty(forecast.Linear);
        Assert.Empty(forecast.MeanField);
        Assert.Equal(
            "There is no forecast for constant(0.5): theory takes weights to be independent with mean 0, and these have mean 0.5.",
            Assert.Single(forecast.Notes));
        // Zeros have mean 0, and theory is right about them: nothing passes.
        Assert.All(Of("tanh", "constant(0)", [100], Bright).MeanField.Take(1), layer => Assert.Equal((0, 0, 0, 0), (
            layer.PreactivationSd, layer.ActivationSd, layer.BackpropagatedGradientSd, layer.WeightGradientSd)));
    }

    [Fact]
    public void AveragingOverMoreExamples_HelpsOnlyWhereTheirGradientsDiffer()
    {
        var network = Of("sigmoid", "standard", [100, 100], Bright).Network;
        double Sd(ExampleMoments examples, int batch) => MeanFieldTheory.Forecast(network, examples, batch)[^1].WeightGradientSd;
        // Equal classes, and z of two examples that go together but dCost/ds that do not: a tenth of the variance, but for what P shares.
        Assert.InRange(Math.Pow(Sd(Bright with { SameClass = 0.1 }, 10) / Sd(Bright with { SameClass = 0.1 }, 1), 2), 0.1, 0.12);
        // All of one class: every example says the same, and the mean says it, too.
        Assert.InRange(Math.Pow(Sd(Bright with { SameClass = 1 }, 10) / Sd(Bright with { SameClass = 1 }, 1), 2), 0.9, 1);
    }

    [Fact]
    public void ABatchOfNothing_IsRefused() =>
        Assert.Contains("batch", Assert.Throws<ArgumentOutOfRangeException>(() => Forecast.Of(Of("tanh", "standard", [5], Bright).Network, Bright, 0)).Message);

    private static Forecast Of(string activation, string initializer, int[] hidden, ExampleMoments examples) => Forecast.Of(
        new(100, hidden, 10, ActivationList.Find(activation)!, InitializerList.Find(initializer)!, CostList.Find("nll")!), examples, 10);
}
