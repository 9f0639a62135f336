using Sonde.Engines;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Numerics.Spectra;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Tests.Training;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

/// <summary>The predicted spectrum against closed forms, against simulated matrices, and against networks at initialization.</summary>
public sealed class JacobianSpectrumTests
{
    [Theory]
    [InlineData("normalized", 1)]
    [InlineData("standard", 1.0 / 3)]
    public void LinearSquareLayer_IsTheQuarterCircle(string initializer, double varianceOfSum)
    {
        const int Size = 1000;
        var spectrum = JacobianSpectrum.FromSlopes(Size, Size, InitializerList.Find(initializer)!.Variance(Size, Size), [1]);
        Tolerances.AssertClose(8 / (3 * Math.PI) * Math.Sqrt(varianceOfSum), spectrum.Mean, Tolerances.SpectrumIntegral);
        Tolerances.AssertClose(Math.Sqrt(varianceOfSum), spectrum.RootMeanSquare, Tolerances.DoubleRounding);
        Tolerances.AssertClose(2 * Math.Sqrt(varianceOfSum), spectrum.Largest, Tolerances.SpectrumIntegral);
    }

    [Theory]
    [InlineData(300, 100)]
    [InlineData(100, 300)]
    public void LinearLayerOfAnyShape_EndsWhereMarchenkoAndPasturSay(int inputs, int units)
    {
        var spectrum = JacobianSpectrum.FromSlopes(inputs, units, 1, [1]);
        Tolerances.AssertClose(Math.Sqrt(inputs) + Math.Sqrt(units), spectrum.Largest, Tolerances.SpectrumIntegral);
        Tolerances.AssertClose(Math.Sqrt(Math.Max(inputs, units)), spectrum.RootMeanSquare, Tolerances.DoubleRounding);
    }

    [Theory]
    [InlineData(240, 240)]
    [InlineData(240, 120)]
    [InlineData(120, 240)]
    public void SpreadSlopes_AgreeWithSimulatedMatrices(int inputs, int units)
    {
        var (random, weights, slopes) = (new RandomKey(3, "simulation").Stream(), new float[inputs * units], new double[units]);
        foreach (ref var weight in weights.AsSpan())
            weight = (float)random.NextGaussian();
        // Half of the units are off, as those of relu; the others have slopes from 0 to 1.
        for (var k = 0; k < units; k++)
            slopes[k] = k % 2 == 0 ? 0 : k / (double)units;
        AssertAgrees(JacobianSpectrum.FromSlopes(inputs, units, 1, slopes), SingularValues.Of(weights, inputs, units, slopes), Tolerances.FiniteSpectrum);
    }

    [Theory]
    [InlineData("tanh", "standard")]
    [InlineData("tanh", "normalized")]
    [InlineData("softsign", "normalized")]
    [InlineData("sigmoid", "standard")]
    public void NetworkAtInitialization_HasThePredictedSpectrumInEveryLayer(string activation, string initializer)
    {
        var network = new Network(220, [200, 200, 200], 4, ActivationList.Find(activation)!, InitializerList.Find(initializer)!, CostList.Find("nll")!);
        var (inputs, labels) = TestNetworks.RandomExamples(network, 10, 5);
        using var engine = Engine.Create(network, 10, new Sgd(1), 1);
        engine.Load(Parameters.Initialize(network, 2));
        var (probe, rows) = (new JacobianProbe(2, 1), new Spectra());
        var observation = new Observation(network, probe.Needs);
        engine.Observe(inputs, labels, observation);
        probe.Measure(observation, rows);
        foreach (var (layer, row) in observation.Layers.Zip(rows.All))
            AssertAgrees(
                JacobianSpectrum.AtInitialization(network, row.Layer, layer.PreactivationSummary.Mean, layer.PreactivationSummary.Sd),
                    row.Values,
                Tolerances.PredictedSpectrum);
        Assert.Equal(3, rows.All.Count);
    }

    [Fact]
    public void UnitsThatAreAllOff_HaveZeros() => Assert.Equal(new JacobianSpectrum(0, 0, 0), JacobianSpectrum.FromSlopes(5, 5, 1, [0, 0]));

    [Fact]
    public void SharesThatDoNotFit_AreNamed() => Assert.StartsWith(
        "Expected one slope or more and a share for each or none, got 2 and 1.", Assert.Throws<ArgumentException>(() =>
        JacobianSpectrum.FromSlopes(5, 5, 1, [1, 1], [1])).Message,
        StringComparison.Ordinal);

    private static void AssertAgrees(JacobianSpectrum predicted, double[] measured, double tolerance)
    {
        Tolerances.AssertClose(predicted.Mean, measured.Average(), tolerance, 0);
        Tolerances.AssertClose(predicted.RootMeanSquare, Math.Sqrt(measured.Average(value => value * value)), tolerance, 0);
        Tolerances.AssertClose(predicted.Largest, measured.Max(), Tolerances.FiniteSpectrumEnd, 0);
    }

    private sealed class Spectra : IProbeLog
    {
        public List<LayerSpectrum> All { get; } = [];

        public void Record(LayerStatistics row)
        {
        }

        public void Record(LayerHistogram row)
        {
        }

        public void Record(LayerSpectrum row) => All.Add(row);
    }
}
