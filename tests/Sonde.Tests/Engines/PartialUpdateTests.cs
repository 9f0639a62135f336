using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Tests.Training;

namespace Sonde.Tests.Engines;

/// <summary>Updates that are not of all parameters and all examples alike: smaller mini-batches, frozen layers and weights of classes.</summary>
public sealed class PartialUpdateTests
{
    private const int Batch = 5;

    private static readonly Network Network = TestNetworks.Of("tanh", 12, [40, 30, 20], 4);

    private static readonly Network Frozen = Network with { HiddenLayers = [new(40) { IsFrozen = true }, new(30), new(20) { IsFrozen = true }] };

    // Optimizers that divide by the gradient's own size magnify what kernels round differently.
    public static IEnumerable<TheoryDataRow<string, string>> KernelsAndOptimizers =>
        from kernels in KernelChoice.Names from kind in (string[])["sgd", "momentum", "adam", "sdlm"] select new TheoryDataRow<string, string>(kernels, kind);

    [Theory, MemberData(nameof(KernelsAndOptimizers))]
    public void ASmallerMiniBatch_IsThatOfAnEngineOfItsSize(string kernels, string optimizer)
    {
        foreach (var examples in (int[])[1, 3])
        {
            using var engine = Create(Network, Batch, optimizer, kernels, 3);
            using var small = Create(Network, examples, optimizer, "reference", 1);
            var (x, y) = TestNetworks.RandomExamples(Network, examples, 1);
            var (expected, seen) = (new Observation(Network, ObservationNeeds.All), new Observation(Network, ObservationNeeds.All));
            Assert.Equal(small.Update(x, y, expected).Cost, engine.Update(x, y, seen).Cost, 1e-5);
            for (var i = 0; i < Network.Layers; i++)
                TestNetworks.AssertClose(expected.Layers[i], seen.Layers[i]);
            AssertClose(SavedOf(small), SavedOf(engine));
        }
    }

    [Theory, MemberData(nameof(KernelsAndOptimizers))]
    public void AFrozenLayer_StaysWhileThoseAboveAndBelowLearn(string kernels, string optimizer)
    {
        using var engine = Create(Frozen, Batch, optimizer, kernels, 3);
        using var reference = Create(Frozen, Batch, optimizer, "reference", 1);
        for (var update = 0; update < 4; update++)
        {
            var (x, y) = TestNetworks.RandomExamples(Frozen, Batch, update);
            var (expected, seen) = (new Observation(Frozen, ObservationNeeds.All), new Observation(Frozen, ObservationNeeds.All));
            reference.Update(x, y, expected);
            engine.Update(x, y, seen);
            for (var i = 0; i < Frozen.Layers; i++)
                TestNetworks.AssertClose(expected.Layers[i], seen.Layers[i]);
            Assert.Equal((0.0, 0.0), (seen.Layers[0].Update.Min, seen.Layers[0].Update.Max));
            Assert.True(seen.Layers[0].WeightGradient.Sd > 0 && seen.Layers[1].Update.Sd > 0);
        }
        var (start, end) = (TestNetworks.RandomParameters(Frozen, 1), SavedOf(engine));
        AssertClose(SavedOf(reference), end);
        foreach (var i in (int[])[0, 2])
            TestNetworks.AssertSameBits(new Parameters([start.Layers[i]]), new([end.Layers[i]]));
        foreach (var i in (int[])[1, 3])
            Assert.DoesNotContain(start.Layers[i].Weights.Zip(end.Layers[i].Weights), pair => pair.First == pair.Second && pair.First != 0);
        var (still, ofReference) = (new Observation(Frozen, ObservationNeeds.All), new Observation(Frozen, ObservationNeeds.All));
        var (inputs, labels) = TestNetworks.RandomExamples(Frozen, 12, 9);
        engine.Observe(inputs, labels, still);
        reference.Observe(inputs, labels, ofReference);
        Assert.Equal((0.0, 0.0), (still.Layers[2].Update.Min, still.Layers[2].Update.Max));
        Assert.True(still.Layers[3].Update.Sd > 0);
        TestNetworks.AssertClose(ofReference.Layers[3], still.Layers[3]);
    }

    public static IEnumerable<TheoryDataRow<string>> Kernels => KernelChoice.Names.Select(name => new TheoryDataRow<string>(name));

    [Theory, MemberData(nameof(Kernels))]
    public void TwiceTheWeightOfAClass_IsTwiceTheExample(string kernels)
    {
        // A weight of 2 counts an example twice. {0, 1, 1} with weights 1 and 2 is {0, 1, 1, 1, 1}, apart from the division by 3 or by 5.
        var weighted = Network with { ClassWeights = [1, 2, 1, 1] };
        using var once = Create(weighted, 3, "sgd", kernels, 2, 0.1f * 3 / 5);
        using var twice = Create(Network, 5, "sgd", kernels, 2, 0.1f);
        for (var update = 0; update < 3; update++)
        {
            var (x, _) = TestNetworks.RandomExamples(Network, 3, update);
            var cost = once.Update(x, [0, 1, 1]).Cost;
            var same = twice.Update([.. x, .. x.AsSpan(12)], [0, 1, 1, 1, 1]).Cost;
            Assert.Equal(same * 5, cost * 3, 1e-5);
        }
        AssertClose(SavedOf(twice), SavedOf(once));
    }

    [Fact]
    public void AYesOrNo_HasTheWeightOfItsAnswer()
    {
        var network = TestNetworks.Of("tanh", 3, [4], 1) with
        {
            Output = OutputList.Find("sigmoid")!,
            Cost = CostList.Find("bce")!,
            Targets = new(TargetKind.YesNo, 1, [0, 1]),
            ClassWeights = [3, 0.5f],
        };
        using var weighted = Create(network, 1, "sgd", "reference", 1);
        using var plain = Create(network with { ClassWeights = null }, 1, "sgd", "reference", 1);
        float[] x = [0.3f, -1, 2];
        foreach (var (label, weight) in (ReadOnlySpan<(int, double)>)[(0, 3), (1, 0.5)])
            Assert.Equal(weight * plain.Observe(x, [label], new(network, ObservationNeeds.None)).Cost,
                weighted.Observe(x, [label], new(network, ObservationNeeds.None)).Cost, 1e-6);
    }

    private static IEngine Create(Network network, int batch, string optimizer, string kernels, int threads, float learningRate = 0.1f)
    {
        var engine = Engine.Create(network, batch, OptimizerList.Find(optimizer)!.Make(learningRate, new Dictionary<string, float>()), threads, kernels);
        engine.Load(TestNetworks.RandomParameters(network, 1));
        return engine;
    }

    private static Parameters SavedOf(IEngine engine)
    {
        var parameters = Parameters.Empty(engine.Network);
        engine.Save(parameters);
        return parameters;
    }

    private static void AssertClose(Parameters expected, Parameters actual)
    {
        foreach (var (one, other) in expected.Layers.Zip(actual.Layers))
        {
            Close.Assert(one.Weights, other.Weights);
            Close.Assert(one.Biases, other.Biases);
        }
    }
}
