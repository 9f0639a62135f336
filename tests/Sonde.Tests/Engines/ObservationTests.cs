using Sonde.Data;
using Sonde.Engines;
using Sonde.Engines.Reference;
using Sonde.Engines.Vector;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Tests.Training;

namespace Sonde.Tests.Engines;

/// <summary>Observations of layers that are large enough to be cut into tiles and to be sampled.</summary>
public sealed class ObservationTests
{
    private const int Batch = 5;

    // The second layer has more weights than a sample.
    private static readonly Network Network = TestNetworks.Of("tanh", 140, [280, 270], 9);

    public static IEnumerable<TheoryDataRow<string>> Vectors =>
        KernelChoice.Names.Where(name => name != "reference").Select(name => new TheoryDataRow<string>(name));

    [Theory, MemberData(nameof(Vectors))]
    public void FixedExamples_AreSeenWhole(string kernels)
    {
        var parameters = TestNetworks.RandomParameters(Network, 1);
        var (inputs, labels) = TestNetworks.RandomExamples(Network, 63, 2);
        var (expected, seen) = (Observe("reference", 1), Observe(kernels, 3));
        for (var i = 0; i < Network.Layers; i++)
        {
            TestNetworks.AssertClose(expected.Layers[i], seen.Layers[i]);
            // Sixty of the examples make whole mini-batches.
            Assert.Equal(60 / Batch * (long)Network.FanIn(i + 1) * Network.FanOut(i + 1), seen.Layers[i].WeightGradient.Count);
        }

        Observation Observe(string name, int threads)
        {
            using var engine = Engine.Create(Network, Batch, new Sgd(0.1f), threads, name);
            engine.Load(parameters);
            var observation = new Observation(Network, ObservationNeeds.All);
            // Twice: nothing of the first may be left.
            engine.Observe(inputs, labels, observation);
            engine.Observe(inputs, labels, observation);
            return observation;
        }
    }

    [Theory, MemberData(nameof(Vectors))]
    public void ExamplesOfAStream_AreSeenAsTheirValuesAre(string kernels)
    {
        var parameters = TestNetworks.RandomParameters(Network, 1);
        var (inputs, labels) = TestNetworks.RandomExamples(Network, 130, 2);
        // Fewer than the stream has, from its second example on, and in more than one piece.
        var (first, count) = (1, 128);
        var stream = FiniteStream.InOrder(LabelledExamples.FromFloats(inputs, labels.Select(label => (byte)label).ToArray()));
        foreach (var needs in (ObservationNeeds[])[ObservationNeeds.None, ObservationNeeds.Activations, ObservationNeeds.All])
            foreach (var threads in (int[])[1, 2, 3])
            {
                using var engine = Engine.Create(Network, Batch, new Sgd(0.1f), threads, kernels);
                engine.Load(parameters);
                var (expected, seen) = (new Observation(Network, needs), new Observation(Network, needs));
                var result = engine.Observe(inputs.AsSpan(first * Network.Inputs, count * Network.Inputs), labels.AsSpan(first, count), expected);
                Assert.Equal(result, engine.Observe(stream, first, count, seen));
                Assert.Equal(expected.Costs, seen.Costs);
                Assert.Equal(expected.Predicted, seen.Predicted);
                Assert.Equal(expected.Inputs, seen.Inputs);
                for (var i = 0; i < Network.Layers; i++)
                    TestNetworks.AssertSameBits(expected.Layers[i], seen.Layers[i]);
            }
    }

    [Theory, MemberData(nameof(Vectors))]
    public void LiveAtEveryUpdate_AnyNumberOfThreadsSeesTheSameAndTrainsTheSame(string kernels)
    {
        var bare = Train(kernels, 1, observe: false);
        var one = Train(kernels, 1, observe: true);
        TestNetworks.AssertSameBits(bare.Parameters, one.Parameters);
        foreach (var threads in (int[])[2, 3])
        {
            var many = Train(kernels, threads, observe: true);
            TestNetworks.AssertSameBits(bare.Parameters, many.Parameters);
            for (var i = 0; i < Network.Layers; i++)
                TestNetworks.AssertSameBits(one.Seen.Layers[i], many.Seen.Layers[i]);
        }
    }

    [Theory, MemberData(nameof(Vectors))]
    public void ALiveObservation_IsOfTheUpdateUnderWay(string kernels)
    {
        var (expected, seen) = (Train("reference", 1, observe: true).Seen, Train(kernels, 2, observe: true).Seen);
        Assert.Equal(expected.Predicted, seen.Predicted);
        Close.Assert(expected.Costs, seen.Costs);
        for (var i = 0; i < Network.Layers; i++)
        {
            Close.Assert(expected.Layers[i].Activation, seen.Layers[i].Activation);
            Close.Assert(expected.Layers[i].BackpropagatedGradient, seen.Layers[i].BackpropagatedGradient);
            var (whole, part) = (expected.Layers[i], seen.Layers[i]);
            foreach (var (all, sampled) in new[] { (whole.WeightGradient, part.WeightGradient), (whole.Update, part.Update) })
            {
                Tolerances.AssertClose(all.Mean, sampled.Mean, Tolerances.SinglePrecisionNetwork, all.Sd);
                Tolerances.AssertClose(all.Sd, sampled.Sd, Tolerances.SinglePrecisionNetwork, scale: 0);
                Assert.Equal(all.P98, sampled.P98, Tolerances.SampledPercentile * all.Sd);
            }
            Assert.Equal(whole.Weight.P2, part.Weight.P2, Tolerances.SampledPercentile * whole.Weight.Sd);
        }
    }

    [Theory]
    [InlineData("reference")]
    [InlineData(null)]
    public void Examples_AreKeptWhereTheyAreNeededAndOnlyThere(string? kernels)
    {
        using var engine = Engine.Create(Network, Batch, new Sgd(0.1f), 2, kernels);
        engine.Load(TestNetworks.RandomParameters(Network, 1));
        var (needed, bare) = (new Observation(Network, ObservationNeeds.Examples), new Observation(Network, ObservationNeeds.Activations));
        var (inputs, labels) = TestNetworks.RandomExamples(Network, 23, 2);
        foreach (var observation in (Observation[])[needed, bare])
            engine.Observe(inputs, labels, observation);
        Assert.Equal(inputs, needed.Inputs);
        Assert.Equal(labels, needed.Labels);
        (inputs, labels) = (inputs[..(Batch * Network.Inputs)], labels[..Batch]);
        engine.Update(inputs, labels, needed);
        Assert.Equal(inputs, needed.Inputs);
        Assert.Equal(labels, needed.Labels);
        Assert.Equal((0, 0), (bare.Inputs.Length, bare.Labels.Length));
    }

    [Fact]
    public void AnUpdate_IsWhatTheOptimizerMakesOfTheGradientWhereThatDependsOnTheWeightToo()
    {
        var parameters = TestNetworks.RandomParameters(Network, 1);
        var (inputs, labels) = TestNetworks.RandomExamples(Network, 10, 2);
        using var reference = new ReferenceEngine<DecayingSgd>(Network, Batch, default);
        using var engine = new VectorEngine<Lanes8, DecayingSgd>(Network, Batch, default, 2);
        reference.Load(parameters);
        engine.Load(parameters);
        // A few weights are enough to tell: updates of fixed examples are seen whole, live ones of the small output layer too.
        var (expected, seen) = (new Observation(Network, ObservationNeeds.Updates), new Observation(Network, ObservationNeeds.Updates));
        reference.Observe(inputs, labels, expected);
        engine.Observe(inputs, labels, seen);
        for (var i = 0; i < Network.Layers; i++)
            TestNetworks.AssertClose(expected.Layers[i], seen.Layers[i]);
        reference.Update(inputs.AsSpan(0, Batch * Network.Inputs), labels.AsSpan(0, Batch), expected);
        engine.Update(inputs.AsSpan(0, Batch * Network.Inputs), labels.AsSpan(0, Batch), seen);
        TestNetworks.AssertClose(expected.Layers[2], seen.Layers[2]);
        Tolerances.AssertClose(expected.Layers[1].Update.Sd, seen.Layers[1].Update.Sd, Tolerances.SampledPercentile);
    }

    [Fact]
    public void AFixedMultipleOfTheGradient_HasItsStatistics()
    {
        var seen = Train(KernelChoice.Names[0], 2, observe: true).Seen.Layers[1];
        Assert.Equal(seen.WeightGradient.Times(-0.1f) with { Counts = [] }, seen.Update with { Counts = [] });
    }

    [Fact]
    public void NonFiniteValuesOfALargeLayer_AreNoticedLive()
    {
        using var engine = Engine.Create(Network, Batch, new Sgd(0.1f), 2);
        var parameters = TestNetworks.RandomParameters(Network, 1);
        parameters.Layers[1].Weights[77] = float.NaN;
        engine.Load(parameters);
        var (inputs, labels) = TestNetworks.RandomExamples(Network, Batch, 2);
        var observation = new Observation(Network, ObservationNeeds.All);
        engine.Update(inputs, labels, observation);
        // One weight makes one unit NaN, that all units above it, and their gradients all weights below.
        var layer = observation.Layers[1];
        Assert.Equal(Batch, layer.PreactivationSummary.NonFinite);
        Assert.True(layer.WeightGradient is { NonFinite: > 65_536, Count: 0 });
    }

    [Fact]
    public void LiveObservations_MakeRowsOfEveryProbe()
    {
        var log = new Rows();
        var seen = Train(KernelChoice.Names[0], 2, observe: true).Seen;
        foreach (var probe in ProbeList.Basic)
            probe.Measure(seen, log);
        Assert.Equal(7 * Network.Layers + 5, log.Statistics.Count);
        Assert.All(log.Statistics, row => Assert.True(double.IsFinite(row.Sd) && row.P2 <= row.P50 && row.P50 <= row.P98));
        Assert.All(log.Histograms, row => Assert.Equal(log.Statistics.Single(s => s.Quantity == row.Quantity && s.Layer == row.Layer).Count, row.Counts.Sum()));
    }

    private static (Parameters Parameters, Observation Seen) Train(string kernels, int threads, bool observe)
    {
        using var engine = Engine.Create(Network, Batch, new Sgd(0.1f), threads, kernels);
        var parameters = TestNetworks.RandomParameters(Network, 7);
        engine.Load(parameters);
        var seen = new Observation(Network, ObservationNeeds.All);
        for (var update = 0; update < 4; update++)
        {
            var (x, y) = TestNetworks.RandomExamples(Network, Batch, update);
            engine.Update(x, y, observe ? seen : null);
        }
        engine.Save(parameters);
        return (parameters, seen);
    }

    /// <summary>Weights shrink a little at each step, besides.</summary>
    private readonly struct DecayingSgd : IOptimizer<DecayingSgd>
    {
        public float LearningRate => 0.1f;

        public TLanes Direction<TLanes>(TLanes parameter, TLanes gradient, ref TLanes first, ref TLanes second) where TLanes : struct, ILanes<TLanes> =>
            gradient + TLanes.Of(0.1) * parameter;
    }

    private sealed class Rows : IProbeLog
    {
        public List<LayerStatistics> Statistics { get; } = [];

        public List<LayerHistogram> Histograms { get; } = [];

        public void Record(LayerStatistics row) => Statistics.Add(row);

        public void Record(LayerHistogram row) => Histograms.Add(row);
    }
}
