using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Engines;
using Sonde.Engines.Reference;
using Sonde.Engines.Vector;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Optimizers;
using Sonde.Tests.Training;

namespace Sonde.Tests.Engines;

/// <summary>What every engine owes, held against the plain reference in double precision.</summary>
public abstract class EngineContractTests
{
    private const float LearningRate = 0.1f;

    private protected abstract IEngine Create(Network network, int batch, int threads);

    private protected abstract string Kernels { get; }

    public static TheoryData<int, int[], int, int> Sizes => new()
    {
        { 1, [], 2, 1 }, { 3, [1], 2, 2 }, { 5, [2, 3], 3, 3 }, { 16, [15, 17], 9, 4 }, { 7, [31, 32, 33], 10, 5 }, { 33, [16, 1, 8], 4, 6 },
        { 20, [9], 17, 7 }, { 13, [24, 25], 3, 10 }, { 31, [12, 33, 5], 2, 23 }, { 40, [600, 21], 5, 9 },
    };

    [Theory, MemberData(nameof(Sizes))]
    public void AnySizes_UpdatesAgreeWithDoublePrecision(int inputs, int[] hidden, int classes, int batch)
    {
        var network = TestNetworks.Of("tanh", inputs, hidden, classes);
        using var engine = Create(network, batch, 2);
        var twin = new DoubleTwin(network, LearningRate);
        var parameters = TestNetworks.RandomParameters(network, 1);
        engine.Load(parameters);
        twin.Load(parameters);
        for (var update = 0; update < 3; update++)
        {
            var (x, y) = TestNetworks.RandomExamples(network, batch, update);
            var observation = new Observation(network, ObservationNeeds.All);
            var result = engine.Update(x, y, update == 1 ? observation : null);
            twin.Update(x, y);
            Assert.Equal(twin.MeanCost, result.Cost, 1e-5 * (1 + twin.MeanCost));
            Assert.Equal(twin.Misclassified(y), result.Misclassified);
            if (update == 1)
                twin.AssertObserved(observation);
        }
        engine.Save(parameters);
        twin.AssertParameters(parameters);
    }

    [Theory, InlineData("sigmoid"), InlineData("softsign"), InlineData("relu"), InlineData("softplus"), InlineData("linear")]
    public void EachActivation_UpdatesAgreeWithDoublePrecision(string activation)
    {
        var network = TestNetworks.Of(activation, 21, [19, 18, 17], 5);
        CheckUpdate(network);
    }

    [Fact]
    public void ObserveAnyNumberOfExamples_SeesWhatTheReferenceSees()
    {
        var network = TestNetworks.Of("sigmoid", 12, [11, 18], 4);
        using var engine = Create(network, 4, 3);
        using var reference = new ReferenceEngine<Sgd>(network, 4, new(LearningRate));
        var parameters = TestNetworks.RandomParameters(network, 2);
        engine.Load(parameters);
        reference.Load(parameters);
        foreach (var examples in (int[])[1, 3, 4, 48, 50, 107])
        {
            var (x, y) = TestNetworks.RandomExamples(network, examples, examples);
            var (expected, seen) = (new Observation(network, ObservationNeeds.All), new Observation(network, ObservationNeeds.All));
            var expectedResult = reference.Observe(x, y, expected);
            var result = engine.Observe(x, y, seen);
            Assert.Equal(expectedResult.Cost, result.Cost, 1e-5);
            Assert.Equal(expectedResult.Misclassified, result.Misclassified);
            Assert.Equal(expected.Predicted, seen.Predicted);
            Close.Assert(expected.Costs, seen.Costs);
            for (var i = 0; i < network.Layers; i++)
                TestNetworks.AssertClose(expected.Layers[i], seen.Layers[i]);
        }
        var after = Parameters.Empty(network);
        engine.Save(after);
        TestNetworks.AssertSameBits(parameters, after);
    }

    [Fact]
    public void NeedsNone_FillsCostsAndPredictionsOnly()
    {
        var network = TestNetworks.Of("tanh", 6, [5], 3);
        using var engine = Create(network, 2, 1);
        engine.Load(TestNetworks.RandomParameters(network, 3));
        var (x, y) = TestNetworks.RandomExamples(network, 7, 1);
        var observation = new Observation(network, ObservationNeeds.None);
        engine.Observe(x, y, observation);
        Assert.Equal(7, observation.Costs.Length);
        Assert.All(observation.Costs, cost => Assert.True(cost > 0));
        Assert.All(observation.Layers, layer => Assert.True(layer.Activation.Length == 0 && layer.Weight.Count == 0 && layer.WeightGradient.Count == 0));
    }

    [Fact]
    public void LayersOfDifferentActivations_UpdatesAgreeWithDoublePrecision() => CheckUpdate(Mixed(21));

    [Fact]
    public void AnyNumberOfThreads_SameBits()
    {
        // 8, 4 and 2 ranges of rows: two threads own rows everywhere, four and eight in some layers, three and five nowhere.
        AssertSameBitsForAnyNumberOfThreads(TestNetworks.Of("tanh", 145, [70, 33], 7));
        AssertSameBitsForAnyNumberOfThreads(Mixed(145));
        var dropping = Mixed(145);
        AssertSameBitsForAnyNumberOfThreads(dropping with { HiddenLayers = [.. dropping.HiddenLayers.Select(layer => layer with { Dropout = 0.4 })] });
    }

    private static Network Mixed(int inputs)
    {
        HiddenLayer[] layers = [.. ((string[])["relu", "gelu", "tanh", "selu"]).Select((name, k) => new HiddenLayer(40 - 7 * k)
        {
            Activation = ActivationList.Find(name), Initializer = InitializerList.Find("he"),
        })];
        return TestNetworks.Of("tanh", inputs, [.. layers.Select(layer => layer.Units)], 5) with { HiddenLayers = layers };
    }

    private void AssertSameBitsForAnyNumberOfThreads(Network network)
    {
        var one = Train(network, 1, observe: true);
        foreach (var threads in (int[])[2, 3, 4, 5, 8])
        {
            var many = Train(network, threads, observe: true);
            TestNetworks.AssertSameBits(one.Parameters, many.Parameters);
            Assert.Equal(one.Cost, many.Cost);
            for (var i = 0; i < network.Layers; i++)
                TestNetworks.AssertSameBits(one.Seen.Layers[i], many.Seen.Layers[i]);
        }
    }

    [Fact]
    public void TheNumberOfThreadsChangesBetweenCalls_SameBits()
    {
        var network = TestNetworks.Of("tanh", 145, [70, 33], 7);
        var one = Train(network, 1, observe: true);
        var changing = Train(network, 4, observe: true, (engine, update) => engine.Threads = 1 + update % 4);
        TestNetworks.AssertSameBits(one.Parameters, changing.Parameters);
        for (var i = 0; i < network.Layers; i++)
            TestNetworks.AssertSameBits(one.Seen.Layers[i], changing.Seen.Layers[i]);
    }

    [Theory, InlineData(true), InlineData(false)]
    public void MiniBatchesOfAStream_SameBitsAsTheirArraysForAnyNumberOfThreads(bool isDrawn)
    {
        var data = new ShapesetDataset(16);
        var stream = data.Open(Split.Train, 1);
        if (!isDrawn)
        {
            // Each thread reads some values of every example in memory. Mini-batches continue across passes.
            var (inputs, labels) = stream.Read(0, 103);
            stream = FiniteStream.Passes(LabelledExamples.FromFloats(inputs, Array.ConvertAll(labels, label => (byte)label)), new(1, "test"));
        }
        var network = TestNetworks.Of("tanh", data.Inputs, [19], data.Classes.Count);
        using var plain = Create(network, 5, 1);
        foreach (var threads in (int[])[1, 2, 3, 7])
        {
            using var engine = Create(network, 5, threads);
            plain.Load(TestNetworks.RandomParameters(network, 9));
            engine.Load(TestNetworks.RandomParameters(network, 9));
            for (var update = 0; update < 3; update++)
            {
                var (x, y) = stream.Read(100 + update * 5, 5);
                var (expected, seen) = (new Observation(network, ObservationNeeds.All), new Observation(network, ObservationNeeds.All));
                Assert.Equal(plain.Update(x, y, expected), engine.Update(stream, 100 + update * 5, update == 1 ? seen : null));
                if (update == 1)
                    TestNetworks.AssertSameBits(expected.Layers[1], seen.Layers[1]);
            }
            var (left, right) = (Parameters.Empty(network), Parameters.Empty(network));
            plain.Save(left);
            engine.Save(right);
            TestNetworks.AssertSameBits(left, right);
        }
    }

    [Fact]
    public void ObservedOrNot_SameBits()
    {
        var network = TestNetworks.Of("tanh", 45, [70, 33], 7);
        TestNetworks.AssertSameBits(Train(network, 2, observe: false).Parameters, Train(network, 2, observe: true).Parameters);
    }

    [Fact]
    public void Kernels_AreThoseThatWereChosen()
    {
        using var engine = Create(TestNetworks.Of("tanh", 4, [3], 3), 2, 1);
        Assert.Equal(Kernels, engine.Kernels);
    }

    private (Parameters Parameters, double Cost, Observation Seen) Train(
        Network network, int threads, bool observe, Action<IEngine, int>? beforeUpdate = null)
    {
        using var engine = Create(network, 7, threads);
        var parameters = TestNetworks.RandomParameters(network, 7);
        engine.Load(parameters);
        double cost = 0;
        for (var update = 0; update < 4; update++)
        {
            var (x, y) = TestNetworks.RandomExamples(network, 7, update);
            beforeUpdate?.Invoke(engine, update);
            cost += engine.Update(x, y, observe ? new Observation(network, ObservationNeeds.All) : null).Cost;
        }
        engine.Save(parameters);
        var seen = new Observation(network, ObservationNeeds.All);
        var (probeInputs, probeLabels) = TestNetworks.RandomExamples(network, 60, 99);
        engine.Observe(probeInputs, probeLabels, seen);
        return (parameters, cost, seen);
    }

    private void CheckUpdate(Network network)
    {
        using var engine = Create(network, 6, 1);
        var twin = new DoubleTwin(network, LearningRate);
        var parameters = TestNetworks.RandomParameters(network, 8);
        engine.Load(parameters);
        twin.Load(parameters);
        var (x, y) = TestNetworks.RandomExamples(network, 6, 2);
        var observation = new Observation(network, ObservationNeeds.All);
        engine.Update(x, y, observation);
        twin.Update(x, y);
        twin.AssertObserved(observation);
        engine.Save(parameters);
        twin.AssertParameters(parameters);
    }
}

public sealed class Vector128EngineTests : VectorEngineTests<Lanes4>;

public sealed class Vector256EngineTests : VectorEngineTests<Lanes8>;

public sealed class Vector512EngineTests : VectorEngineTests<Lanes16>;

public abstract class VectorEngineTests<TLanes> : EngineContractTests where TLanes : struct, IVectorLanes<TLanes>
{
    private protected override string Kernels => $"vector{TLanes.Count * 32}";

    private protected override IEngine Create(Network network, int batch, int threads) =>
        new VectorEngine<TLanes, Sgd>(network, batch, new(0.1f), threads);

    [Fact]
    public void SteadyState_UpdatesAllocateNothing()
    {
        var network = TestNetworks.Of("tanh", 20, [30, 30], 4);
        using var engine = Create(network, 5, 3);
        engine.Load(TestNetworks.RandomParameters(network, 6));
        var (x, y) = TestNetworks.RandomExamples(network, 5, 1);
        for (var update = 0; update < 20; update++)
            engine.Update(x, y);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var update = 0; update < 100; update++)
            engine.Update(x, y);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
