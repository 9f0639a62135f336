using MathNet.Numerics.LinearAlgebra;
using Sonde.Engines;
using Sonde.Engines.Reference;
using Sonde.Networks;
using Sonde.Numerics.Random;
using Sonde.Optimizers;
using Sonde.Probes;

namespace Sonde.Tests.Probes;

/// <summary>Every row against a slow twin: the plain network in double precision and textbook formulas over all its values.</summary>
public sealed class ProbeTests
{
    private const int Batch = 10, Examples = 25;

    private static readonly Network Network = new(
        8, [7, 6], 4, ActivationList.Find("tanh")!, InitializerList.Find("gaussian(0.8)")!, CostList.Find("nll")!);

    private readonly Recorder log = new();
    private readonly float[] inputs = new float[Examples * Network.Inputs];
    private readonly int[] labels = [.. Enumerable.Range(0, Examples).Select(n => n % Network.Classes)];
    private readonly Parameters parameters = Parameters.Initialize(Network, 3);

    public ProbeTests()
    {
        var random = new RandomKey(9, "inputs").Stream();
        foreach (ref var x in inputs.AsSpan())
            x = (float)random.NextGaussian();
    }

    [Fact]
    public void EveryStatistic_AgreesWithItsSlowTwin()
    {
        MeasureAll();
        var twin = Twin(inputs, labels);
        for (var i = 0; i < Network.Layers; i++)
        {
            AssertRow(Quantity.Activation, i, twin.Activations[i]);
            AssertRow(Quantity.Preactivation, i, twin.Preactivations[i]);
            AssertRow(Quantity.BackpropagatedGradient, i, twin.BackpropagatedGradients[i]);
            AssertRow(Quantity.Weight, i, [.. parameters.Layers[i].Weights.Select(w => (double)w)]);
        }
    }

    [Fact]
    public void WeightGradients_ArePooledOverWholeMiniBatchesOnly()
    {
        MeasureAll();
        var gradients = Enumerable.Range(0, Network.Layers).Select(_ => new List<double>()).ToArray();
        for (var first = 0; first + Batch <= Examples; first += Batch)
        {
            var twin = Twin(inputs[(first * Network.Inputs)..((first + Batch) * Network.Inputs)], labels[first..(first + Batch)]);
            for (var i = 0; i < Network.Layers; i++)
                gradients[i].AddRange(twin.WeightGradients[i]);
        }
        for (var i = 0; i < Network.Layers; i++)
        {
            AssertRow(Quantity.WeightGradient, i, [.. gradients[i]]);
            Tolerances.AssertClose(0.25 * log.Row(Quantity.WeightGradient, i + 1).Sd, log.Row(Quantity.Update, i + 1).Sd, 1e-4, scale: 0);
            Tolerances.AssertClose(
                log.Row(Quantity.Update, i + 1).Sd / log.Row(Quantity.Weight, i + 1).Sd, log.Row(Quantity.UpdateToWeightRatio, i + 1).Mean,
                    Tolerances.DoubleRounding);
        }
    }

    [Fact]
    public void Histograms_HoldEveryValueOnAFixedRangeWhereTheActivationIsBounded()
    {
        MeasureAll();
        foreach (var histogram in log.Histograms)
            Tolerances.AssertClose(log.Row(histogram.Quantity, histogram.Layer).Count, histogram.Counts.Sum(), 1e-9);
        Assert.All(log.Histograms.Where(h => h.Quantity == Quantity.Activation && h.Layer <= Network.Depth), h => Assert.Equal((-1, 1), (h.Low, h.High)));
    }

    [Fact]
    public void SaturatedAndDeadShares_AreCountedByUnit()
    {
        var observation = new Observation(Network, ObservationNeeds.Activations);
        observation.Reset(2);
        // Unit 0 is saturated on both examples, unit 1 on one, the rest on none.
        observation.Layers[0].Activation[0] = -0.99f;
        observation.Layers[0].Activation[7] = 0.99f;
        observation.Layers[0].Activation[1] = 0.95f;
        new ActivationProbe().Measure(observation, log);
        var row = log.Row(Quantity.Activation, 1);
        Tolerances.AssertClose(3.0 / 14, row.Saturated!.Value, Tolerances.DoubleRounding);
        Tolerances.AssertClose(1.0 / 7, row.Dead!.Value, Tolerances.DoubleRounding);
        Assert.Null(log.Row(Quantity.Activation, 3).Saturated);
    }

    [Fact]
    public void NonFiniteValues_AreCountedAndLeftOutOfTheRest()
    {
        var row = PooledValues.Statistics(0, 1, "q", [1f, float.NaN, 3f, float.PositiveInfinity]);
        Assert.Equal((2L, 2L, 2.0, 1.0, 1.0, 3.0), (row.Count, row.NonFinite, row.Mean, row.Sd, row.Min, row.Max));
    }

    [Fact]
    public void SingularValuesOfEveryHiddenLayer_AreThoseOfItsJacobianAtEachExample()
    {
        Measure([new JacobianProbe(2, 2)]);
        var twin = Twin(inputs, labels);
        for (var i = 0; i < Network.Depth; i++)
        {
            var (fanIn, units) = (Network.FanIn(i + 1), Network.FanOut(i + 1));
            var values = new List<double>();
            for (var n = 0; n < 2; n++)
                values.AddRange(Matrix<double>.Build.Dense(fanIn, units, (row, column) =>
                {
                    var z = twin.Activations[i][n * units + column];
                    return twin.Weights[i][row * units + column] * (1 - z * z);
                }).Svd(false).S);
            AssertRow(Quantity.Jacobian, i, [.. values]);
            var spectrum = log.Spectra[i];
            Assert.Equal((i + 1, Quantity.Jacobian, values.Count), (spectrum.Layer, spectrum.Quantity, spectrum.Values.Length));
            foreach (var (expected, actual) in values.Zip(spectrum.Values))
                Tolerances.AssertClose(expected, actual, Tolerances.SingleTrace);
        }
        Assert.Equal(Network.Depth, log.Spectra.Count);
    }

    [Fact]
    public void JacobianWithoutFiniteNumbers_IsRecordedAsNaN()
    {
        parameters.Layers[0].Weights[3] = float.NaN;
        Measure([new JacobianProbe(2, 1)]);
        Assert.All(log.Spectra[0].Values, value => Assert.Equal(double.NaN, value));
        Assert.Equal((0L, 2L * 7), (log.Row(Quantity.Jacobian, 1).Count, log.Row(Quantity.Jacobian, 1).NonFinite));
    }

    [Fact]
    public void BiasesAndWeightedInputs_AddUpToTheOutputsPreactivations()
    {
        var random = new RandomKey(4, "biases").Stream();
        foreach (var layer in parameters.Layers)
            foreach (ref var bias in layer.Biases.AsSpan())
                bias = (float)random.NextGaussian();
        Measure(new ProbePlan().CreateProbes(1));
        for (var i = 0; i < Network.Layers; i++)
            AssertRow(Quantity.Bias, i, [.. parameters.Layers[i].Biases.Select(b => (double)b)]);
        var (twin, biases) = (Twin(inputs, labels), parameters.Layers[^1].Biases);
        AssertRow(Quantity.WeightedInput, Network.Depth, [.. twin.Preactivations[^1].Select((s, k) => s - biases[k % Network.Classes])]);
        Assert.DoesNotContain(new ProbePlan { IsLive = true }.CreateProbes(1), probe => probe.Name is Quantity.Bias or Quantity.WeightedInput);
    }

    [Fact]
    public void SingleUnits_HaveTheirSdSpreadAndNonlinearity()
    {
        Measure([new UnitProbe()]);
        var twin = Twin(inputs, labels);
        for (var i = 0; i < Network.Layers; i++)
        {
            var units = Network.FanOut(i + 1);
            double[][] ofUnits = [.. Enumerable.Range(0, units).Select(k => twin.Activations[i].Where((_, n) => n % units == k).ToArray())];
            AssertRow(Quantity.UnitSd, i, [.. ofUnits.Select(Sd)]);
            if (i == Network.Depth)
                continue;
            var examples = twin.Activations[i].Chunk(units).ToList();
            Tolerances.AssertClose(Math.Sqrt(examples.Sum(z => units * Sd(z) * Sd(z)) / twin.Activations[i].Sum(z => z * z)),
                log.Row(Quantity.UnitSpread, i + 1).Mean, Tolerances.SingleTrace);
            double[][] before = [.. Enumerable.Range(0, units).Select(k => twin.Preactivations[i].Where((_, n) => n % units == k).ToArray())];
            Assert.Equal(before.Zip(ofUnits, (s, z) => 1 - Math.Pow(Correlation(s, z), 2)).Average(), log.Row(Quantity.Nonlinearity, i + 1).Mean, 1e-5);
        }
        Assert.DoesNotContain(log.Layers, row => row.Layer == Network.Layers && row.Quantity != Quantity.UnitSd);
    }

    [Fact]
    public void UnitsOfEqualWeights_AreAlike()
    {
        foreach (var layer in parameters.Layers)
            layer.Weights.AsSpan().Fill(0.01f);
        Measure([new UnitProbe()]);
        Assert.All(Enumerable.Range(1, Network.Depth), layer => Assert.Equal(0, log.Row(Quantity.UnitSpread, layer).Mean));
        Assert.All(Enumerable.Range(1, Network.Depth), layer => Assert.Equal(0, log.Row(Quantity.UnitSd, layer).Dead));
    }

    [Fact]
    public void UnitsOfNoWeights_NeverVary()
    {
        foreach (var layer in parameters.Layers)
            layer.Weights.AsSpan().Clear();
        Measure([new UnitProbe()]);
        Assert.All(Enumerable.Range(1, Network.Layers), layer =>
            Assert.Equal((0.0, 1.0), (log.Row(Quantity.UnitSd, layer).Max, log.Row(Quantity.UnitSd, layer).Dead)));
        Assert.Equal(0, log.Row(Quantity.UnitSpread, 1).Mean);
        Assert.Equal(0, log.Row(Quantity.Nonlinearity, 1).Count);
    }

    [Fact]
    public void OneExample_ShowsNoUnitVary()
    {
        var observation = new Observation(Network, new UnitProbe().Needs);
        observation.Reset(1);
        new UnitProbe().Measure(observation, log);
        Assert.Empty(log.Layers);
    }

    private static double Sd(double[] values) => Math.Sqrt(values.Average(v => v * v) - Math.Pow(values.Average(), 2));

    private static double Correlation(double[] one, double[] other) =>
        (one.Zip(other, (a, b) => a * b).Average() - one.Average() * other.Average()) / (Sd(one) * Sd(other));

    private void MeasureAll() => Measure(ProbeList.Basic);

    private void Measure(IReadOnlyList<Probe> probes)
    {
        using var engine = Engine.Create(Network, Batch, new Sgd(0.25f), 1, "reference");
        engine.Load(parameters);
        var observation = new Observation(Network, ProbeSet.NeedsOf(probes));
        engine.Observe(inputs, labels, observation);
        foreach (var probe in probes)
            probe.Measure(observation, log);
    }

    private ReferenceNetwork<double> Twin(float[] x, int[] y)
    {
        var twin = new ReferenceNetwork<double>(Network);
        for (var i = 0; i < Network.Layers; i++)
        {
            parameters.Layers[i].Weights.Select(w => (double)w).ToArray().CopyTo(twin.Weights[i], 0);
            parameters.Layers[i].Biases.Select(b => (double)b).ToArray().CopyTo(twin.Biases[i], 0);
        }
        var wide = Array.ConvertAll(x, v => (double)v);
        twin.Forward(wide, y);
        twin.Backward(wide);
        return twin;
    }

    private void AssertRow(string quantity, int index, double[] values)
    {
        var row = log.Row(quantity, index + 1);
        var mean = values.Average();
        var sd = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        Assert.Equal(values.Length, row.Count);
        Tolerances.AssertClose(mean, row.Mean, Tolerances.SingleTrace, sd);
        Tolerances.AssertClose(sd, row.Sd, Tolerances.SingleTrace, 0);
        Tolerances.AssertClose(values.Min(), row.Min, Tolerances.SingleTrace, sd);
        Tolerances.AssertClose(values.Max(), row.Max, Tolerances.SingleTrace, sd);
        foreach (var (share, actual) in new[] { (0.02, row.P2), (0.25, row.P25), (0.5, row.P50), (0.75, row.P75), (0.98, row.P98) })
        {
            var rank = share * (values.Length - 1);
            var sorted = values.Order().ToArray();
            var (low, high) = (sorted[(int)rank], sorted[(int)Math.Ceiling(rank)]);
            Tolerances.AssertClose(low + (rank - (int)rank) * (high - low), actual, Tolerances.SingleTrace, sd);
        }
    }

    private sealed class Recorder : IProbeLog
    {
        public List<LayerStatistics> Layers { get; } = [];

        public List<LayerHistogram> Histograms { get; } = [];

        public List<LayerSpectrum> Spectra { get; } = [];

        public LayerStatistics Row(string quantity, int layer) => Layers.Single(r => r.Quantity == quantity && r.Layer == layer);

        public void Record(LayerStatistics row) => Layers.Add(row);

        public void Record(LayerHistogram row) => Histograms.Add(row);

        public void Record(LayerSpectrum row) => Spectra.Add(row);
    }
}
