using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Numerics.Summaries;

namespace Sonde.Tests.Training;

/// <summary>Small networks, parameters and examples for engine tests.</summary>
internal static class TestNetworks
{
    public static Network Of(string activation, int inputs, int[] hidden, int classes) => new(
        inputs, hidden, classes, ActivationList.Find(activation)!, InitializerList.Find("normalized")!, CostList.Find("nll")!);

    /// <summary>Weights of the normalized initialization, and biases that are not 0.</summary>
    public static Parameters RandomParameters(Network network, ulong seed)
    {
        var parameters = Parameters.Initialize(network, seed);
        var random = new RandomKey(seed, "biases").Stream(0);
        foreach (var layer in parameters.Layers)
            foreach (ref var bias in layer.Biases.AsSpan())
                bias = (float)(0.1 * random.NextGaussian());
        return parameters;
    }

    public static (float[] Inputs, int[] Labels) RandomExamples(Network network, int examples, int seed)
    {
        var random = new RandomKey((ulong)seed, "examples").Stream(0);
        var (inputs, labels) = (new float[examples * network.Inputs], new int[examples]);
        foreach (ref var value in inputs.AsSpan())
            value = (float)random.NextGaussian();
        foreach (ref var label in labels.AsSpan())
            label = (int)(random.NextDouble() * network.Classes);
        return (inputs, labels);
    }

    public static void AssertSameBits(Parameters expected, Parameters actual)
    {
        foreach (var (one, other) in expected.Layers.Zip(actual.Layers))
        {
            Assert.Equal(Bits(one.Weights), Bits(other.Weights));
            Assert.Equal(Bits(one.Biases), Bits(other.Biases));
        }
    }

    public static void AssertSameBits(LayerObservation expected, LayerObservation actual)
    {
        Assert.Equal(Bits(expected.Preactivation), Bits(actual.Preactivation));
        Assert.Equal(Bits(expected.Activation), Bits(actual.Activation));
        Assert.Equal(Bits(expected.BackpropagatedGradient), Bits(actual.BackpropagatedGradient));
        Assert.Equal(Bits(expected.WeightValues), Bits(actual.WeightValues));
        Assert.Equal(Bits(expected.Biases), Bits(actual.Biases));
        foreach (var (one, other) in Summaries(expected).Zip(Summaries(actual)))
        {
            Assert.Equal(one with { Counts = [] }, other with { Counts = [] });
            Assert.Equal(one.Counts, other.Counts);
        }
    }

    public static void AssertClose(LayerObservation expected, LayerObservation actual)
    {
        Close.Assert(expected.Preactivation, actual.Preactivation);
        Close.Assert(expected.Activation, actual.Activation);
        Close.Assert(expected.BackpropagatedGradient, actual.BackpropagatedGradient);
        Close.Assert(expected.WeightValues, actual.WeightValues);
        Close.Assert(expected.Biases, actual.Biases);
        foreach (var (one, other) in Summaries(expected).Zip(Summaries(actual)))
        {
            Assert.Equal(one.Count, other.Count);
            if (one.Count == 0)
                continue;
            var tolerance = Tolerances.SinglePrecisionNetwork * Math.Max(Math.Abs(one.Min), Math.Abs(one.Max));
            Assert.Equal(one.Mean, other.Mean, tolerance);
            Assert.Equal(one.Sd, other.Sd, tolerance);
            Assert.Equal(one.Min, other.Min, tolerance);
            Assert.Equal(one.Max, other.Max, tolerance);
            Assert.Equal(one.P2, other.P2, tolerance);
            Assert.Equal(one.P50, other.P50, tolerance);
            Assert.Equal(one.P98, other.P98, tolerance);
        }
    }

    private static ValueSummary[] Summaries(LayerObservation layer) =>
    [
        layer.WeightGradient, layer.Weight, layer.Update, layer.ActivationSummary, layer.PreactivationSummary, layer.BackpropagatedGradientSummary,
    ];

    private static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);
}
