using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Numerics.Spectra;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>The spectrum of the whole Jacobian, against products of real weights.</summary>
public sealed class EndToEndJacobianTests
{
    private const int Width = 250, Depth = 6;

    [Theory]
    [InlineData("linear", "normalized")]
    [InlineData("tanh", "normalized")]
    [InlineData("tanh", "orthogonal")]
    [InlineData("softsign", "standard")]
    [InlineData("relu", "he")]
    public void Spectrum_IsThatOfRealWeights(string activation, string initializer)
    {
        var network = new Network(Width, [.. Enumerable.Repeat(Width, Depth)], 10, ActivationList.Find(activation)!,
            InitializerList.Find(initializer)!, CostList.Find("nll")!);
        var expected = EndToEndJacobian.Of(Forecast.Of(network, new(1, 0, 0.1), 10))!;
        double[][] measured = [.. Enumerable.Range(1, 3).Select(seed => SingularValuesOf(network, (ulong)seed))];
        // Three networks of 250 units are within some per cent of endless width.
        Tolerances.AssertClose(expected.RootMeanSquare, Math.Sqrt(measured.Average(values => values.Average(v => v * v))), 0.1, scale: 0);
        Tolerances.AssertClose(expected.Largest, measured.Average(values => values.Max()), 0.12, scale: 0);
        Tolerances.AssertClose(expected.Share, measured.Average(values => Math.Pow(values.Average(v => v * v), 2) / values.Average(v => Math.Pow(v, 4))), 0.15,
            scale: 0);
    }

    [Fact]
    public void OneWidthAndTwoLayers_AreNeeded()
    {
        Network Of(params int[] hidden) => new(9, hidden, 3, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);
        Assert.Null(EndToEndJacobian.Of(Forecast.Of(Of(20), new(1, 0, 0.1), 10)));
        Assert.Null(EndToEndJacobian.Of(Forecast.Of(Of(20, 30), new(1, 0, 0.1), 10)));
        Assert.NotNull(EndToEndJacobian.Of(Forecast.Of(Of(20, 20), new(1, 0, 0.1), 10)));
    }

    // J = ds^d/ds^1 at one random example, by the chain rule.
    private static double[] SingularValuesOf(Network network, ulong seed)
    {
        var (parameters, random) = (Parameters.Initialize(network, seed), new RandomKey(seed, "x").Stream());
        double[] z = new double[Width];
        for (var k = 0; k < Width; k++)
            z[k] = random.NextGaussian();
        var jacobian = new double[Width, Width];
        for (var layer = 1; layer <= Depth; layer++)
        {
            var (weights, s) = (parameters.Layers[layer - 1].Weights, new double[Width]);
            var next = new double[Width, Width];
            for (var j = 0; j < Width; j++)
                for (var i = 0; i < Width; i++)
                {
                    double w = weights[i * Width + j];
                    s[j] += z[i] * w;
                    if (layer > 1)
                        for (var k = 0; k < Width; k++)
                            next[k, j] += jacobian[k, i] * w;
                }
            for (var j = 0; j < Width; j++)
            {
                var slope = layer == Depth ? 1 : network.ActivationOf(layer).Derivative(s[j]);
                z[j] = network.ActivationOf(layer).Value(s[j]);
                for (var k = 0; k < Width; k++)
                    jacobian[k, j] = slope * (layer == 1 ? k == j ? 1 : 0 : next[k, j]);
            }
        }
        return SingularValues.Of([.. jacobian.Cast<double>().Select(value => (float)value)], Width, Width);
    }
}
