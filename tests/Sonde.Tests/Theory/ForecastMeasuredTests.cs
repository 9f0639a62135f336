using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>Forecasts beside what probes see of real networks on Shapeset.</summary>
public sealed class ForecastMeasuredTests
{
    [Theory]
    [InlineData("tanh", "standard", "nll")]
    [InlineData("tanh", "normalized", "nll")]
    [InlineData("sigmoid", "normalized", "nll")]
    [InlineData("relu", "normalized", "quadratic")]
    public void Forecasts_AreWhatProbesSee(string activation, string initializer, string cost) =>
        AssertAsMeasured(Network(activation, initializer, cost), Tolerances.MeanField);

    [Theory]
    [InlineData("tanh", "constant(0.5)")]
    [InlineData("tanh", "gaussian(0.5)")]
    [InlineData("softsign", "standard")]
    public void ForecastsOfRulesPerLayerAndOfBiases_AreWhatProbesSee(string activation, string biases)
    {
        var network = Network(activation, "standard", "nll") with
        {
            FirstInitializer = InitializerList.Find("he-uniform"),
            OutputInitializer = InitializerList.Find("normalized"),
            BiasInitializer = InitializerList.Find(biases),
        };
        AssertAsMeasured(network, Tolerances.MeanField);
        var note = Assert.Single(Forecast.Of(network, new(1, 0, 0.1), 10).Notes);
        Assert.Equal($"There is no linear forecast for biases that start by {biases}: eqs 4 to 7 of the paper have no biases.", note);
    }

    [Theory]
    [InlineData("tanh", "sigmoid", "bce")]
    [InlineData("tanh", "sigmoid", "mse")]
    [InlineData("relu", "linear", "mse")]
    [InlineData("softsign", "tanh", "quadratic")]
    [InlineData("tanh", "linear", "bce-logits")]
    [InlineData("tanh", "sigmoid", "cross-entropy")]
    public void ForecastsOfOtherOutputs_AreWhatProbesSee(string activation, string output, string cost) =>
        AssertAsMeasured(
            Network(activation, "normalized", cost) with { Output = OutputList.Find(output)! }, Tolerances.MeanField,
            Tolerances.MeanFieldWeightGradientOfOutputs);

    // The targets follow the class, of which there are nine.
    [Theory]
    [InlineData(TargetKind.Values, "linear", "mse")]
    [InlineData(TargetKind.Values, "linear", "mae")]
    [InlineData(TargetKind.YesNo, "sigmoid", "bce")]
    public void ForecastsOfOtherTargets_AreWhatProbesSee(TargetKind kind, string output, string cost)
    {
        var random = new Random(7);
        var values = Enumerable.Range(0, 9 * 40).Select(_ => kind == TargetKind.YesNo ? random.Next(2) : (float)random.NextDouble() * 4 - 1).ToArray();
        AssertAsMeasured(Network("tanh", "normalized", cost) with
        {
            Classes = 40,
            Output = OutputList.Find(output)!,
            Targets = new(kind, 40, values),
        }, Tolerances.MeanField, Tolerances.MeanFieldWeightGradientOfOutputs);
    }

    [Fact]
    public void ForecastOfLayersOfDifferentActivations_IsWhatProbesSee()
    {
        HiddenLayer Layer(string activation, string initializer) => new(300)
        {
            Activation = ActivationList.Find(activation), Initializer = InitializerList.Find(initializer),
        };
        AssertAsMeasured(Network("tanh", "normalized", "nll") with
        {
            HiddenLayers = [Layer("tanh", "standard"), Layer("gelu", "he"), Layer("softsign", "lecun"), Layer("selu", "lecun"), new(300)],
        }, Tolerances.MeanField);
    }

    private static void AssertAsMeasured(
        Network network, double tolerance, double ofWeightGradients = Tolerances.MeanFieldWeightGradient)
    {
        var (forecast, measured) = Both(network);
        foreach (var expected in forecast.MeanField)
        {
            var isOutput = expected.Layer == forecast.Network.Layers;
            double Sd(string quantity) => measured(expected.Layer, quantity).Average(row => row.Sd);
            // Nine output units are no wide layer: what a seed makes of them is luck.
            if (!isOutput)
            {
                Tolerances.AssertClose(expected.ActivationSd, Sd(Quantity.Activation), tolerance, scale: 0);
                Tolerances.AssertClose(expected.PreactivationSd, Sd(Quantity.Preactivation), tolerance, scale: 0);
                var mean = measured(expected.Layer, Quantity.Activation).Average(row => row.Mean);
                Tolerances.AssertClose(expected.ActivationMean, mean, tolerance, scale: expected.ActivationSd);
            }
            Tolerances.AssertClose(expected.BackpropagatedGradientSd, Sd(Quantity.BackpropagatedGradient), tolerance, scale: 0);
            Tolerances.AssertClose(expected.WeightGradientSd, Sd(Quantity.WeightGradient), ofWeightGradients, scale: 0);
        }
        // The linear forecast is an upper limit: f' is at most 1. It is missed by no more than the s^2 by which f' falls short (eq. 4), in this and in every
        // layer above.
        var slopes = 1.0;
        foreach (var limit in forecast.Linear.SkipLast(1).Reverse())
        {
            double Sd(string quantity) => measured(limit.Layer, quantity).Average(row => row.Sd);
            slopes *= Math.Max(0, 1 - Math.Pow(limit.PreactivationSd, 2));
            Assert.InRange(Sd(Quantity.Activation), 0, limit.ActivationSd);
            Assert.InRange(
                Sd(Quantity.BackpropagatedGradient), (1 - tolerance) * slopes * limit.BackpropagatedGradientSd,
                (1 + tolerance) * limit.BackpropagatedGradientSd);
        }
    }

    private static Network Network(string activation, string initializer, string cost)
    {
        var data = new ShapesetDataset();
        return new(
            data.Inputs, [300, 300, 300, 300, 300], data.Classes.Count, ActivationList.Find(activation)!, InitializerList.Find(initializer)!,
            CostList.Find(cost)!);
    }

    private static (Forecast Forecast, Func<int, string, IEnumerable<LayerStatistics>> Measured) Both(Network network)
    {
        var data = new ShapesetDataset();
        var seeds = InitializationProbe.Measure(network, data, [1, 2, 3, 4, 5], 300, 1).ToList();
        return (
            Forecast.Of(network, ExampleMoments.FindIn(seeds[0])!, InitializationProbe.Batch),
            (layer, quantity) => seeds.Select(rows => rows.Single(row => row.Layer == layer && row.Quantity == quantity)));
    }
}
