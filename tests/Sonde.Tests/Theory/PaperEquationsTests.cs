using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>The paper's equations on numbers worked out by hand, on each other, and on which activations they are for. That a linear network behaves so is
/// shown by <see cref="Networks.VarianceAtInitializationTests"/>.</summary>
public sealed class PaperEquationsTests
{
    private static readonly Network Growing = Of("linear", 10, [20, 30], 5, "gaussian(0.5)");

    [Fact]
    public void Products_RunOverTheRightLayers()
    {
        // Each layer gives fan-in / 4 upwards and fan-out / 4 downwards.
        Assert.Equal(
            [2, 2 * 10 / 4.0, 2 * 10 / 4.0 * 20 / 4], Enumerable.Range(0, 3).Select(layer => PaperEquations.ActivationVariance(Growing, layer, 2)));
        // Layer 2 is reached through the output layer's 5 units, which eq. 6 as printed would leave out; layer 1 through the 30 of layer 2 besides.
        Assert.Equal(
            [3 * 5 / 4.0 * 30 / 4, 3 * 5 / 4.0, 3],
            Enumerable.Range(1, 3).Select(layer => PaperEquations.BackpropagatedGradientVariance(Growing, layer, 3)));
        Assert.Equal(2 * 10 / 4.0 * (3 * 5 / 4.0), PaperEquations.WeightGradientVariance(Growing, 2, 2, 3));
    }

    [Theory]
    [InlineData("standard", 1.0 / 3)]
    [InlineData("normalized", 1)]
    [InlineData("he", 2)]
    [InlineData("orthogonal", 1)]
    public void EqualWidths_GiveEquations13To15(string initializer, double factor)
    {
        var network = Of("tanh", 40, [40, 40, 40], 40, initializer);
        Tolerances.AssertClose(factor, PaperEquations.EqualWidthFactor(network.Initializer, 40), Tolerances.DoubleRounding);
        for (var layer = 1; layer <= 4; layer++)
        {
            Tolerances.AssertClose(
                PaperEquations.EqualWidthBackpropagatedGradientVariance(factor, 3, layer, 0.1),
                PaperEquations.BackpropagatedGradientVariance(network, layer, 0.1),
                Tolerances.DoubleRounding, scale: 0);
            Tolerances.AssertClose(
                PaperEquations.EqualWidthWeightGradientVariance(factor, 3, 0.6, 0.1), PaperEquations.WeightGradientVariance(network, layer, 0.6, 0.1),
                Tolerances.DoubleRounding, scale: 0);
        }
    }

    [Theory]
    [InlineData("tanh", true)]
    [InlineData("softsign", true)]
    [InlineData("hard-tanh", true)]
    [InlineData("elu", true)]
    [InlineData("linear", true)]
    [InlineData("sigmoid", false)]
    [InlineData("softplus", false)]
    [InlineData("relu", false)]
    [InlineData("leaky-relu", false)]
    public void Equations_HoldForUnitSlopeThroughZero(string activation, bool expected) =>
        Assert.Equal(expected, PaperEquations.HoldFor(ActivationList.Find(activation)!));

    [Fact]
    public void LinearNetworks_HaveTheSameForecastFromBothTheories()
    {
        var random = new RandomKey(1, "widths").Stream();
        for (var trial = 0; trial < 5; trial++)
        {
            int[] hidden = [.. Enumerable.Range(0, 1 + random.NextInt32(3)).Select(_ => 1 + random.NextInt32(500))];
            var network = Of("linear", 1 + random.NextInt32(1000), hidden, 2 + random.NextInt32(20), trial % 2 == 0 ? "standard" : "normalized");
            // Small inputs, so that P stays at 1/classes, and centred ones, so that examples are uncorrelated.
            var examples = new ExampleMoments(1e-12, 0, 1.0 / network.Classes);
            foreach (var (linear, meanField) in LinearTheory.Forecast(network, examples, 10).Zip(MeanFieldTheory.Forecast(network, examples, 10)))
                AssertSame(linear, meanField, 1e-5);
        }
    }

    [Theory]
    [InlineData("tanh", 3e-5)] // f' falls by s^2: five layers of s = 1e-3
    [InlineData("hard-tanh", 3e-6)]
    [InlineData("softsign", 2e-2)] // f' falls by 2 |s|
    public void InTheLinearRegime_BothTheoriesAgree(string activation, double tolerance)
    {
        var network = Of(activation, 100, [100, 100, 100, 100, 100], 10, "normalized");
        var examples = new ExampleMoments(1e-6, 0, 0.1);
        foreach (var (linear, meanField) in LinearTheory.Forecast(network, examples, 10).Zip(MeanFieldTheory.Forecast(network, examples, 10)))
            AssertSame(linear, meanField, tolerance);
    }

    private static void AssertSame(LayerForecast expected, LayerForecast actual, double tolerance)
    {
        Assert.Equal(expected.Layer, actual.Layer);
        foreach (var number in (Func<LayerForecast, double>[])[
            f => f.PreactivationSd, f => f.ActivationSd, f => f.BackpropagatedGradientSd, f => f.WeightGradientSd, f => f.Chi ?? 0])
            // The output layer's sd of P is simulated.
            Tolerances.AssertClose(
                number(expected), number(actual), expected.Chi is null && number(expected) == expected.ActivationSd ? 0.02 : tolerance, scale: 0);
    }

    private static Network Of(string activation, int inputs, int[] hidden, int classes, string initializer) =>
        new(inputs, hidden, classes, ActivationList.Find(activation)!, InitializerList.Find(initializer)!, CostList.Find("nll")!);
}
