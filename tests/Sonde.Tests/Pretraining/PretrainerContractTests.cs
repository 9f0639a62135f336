using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Pretraining;
using Sonde.Tests.Training;

namespace Sonde.Tests.Pretraining;

/// <summary>What every pretrainer owes, held against the plain one.</summary>
public sealed class PretrainerContractTests
{
    public static IEnumerable<TheoryDataRow<string, string, string, string, int, int>> Cases =>
        from kernels in KernelChoice.Names
        from corruption in CorruptionList.All
        from size in (int[])[1, 15, 33]
        from batch in (int[])[1, 7]
        from cost in (string[])["cross-entropy", "squared-distance"]
        select new TheoryDataRow<string, string, string, string, int, int>(
            kernels, size == 15 ? "sigmoid" : "tanh", corruption.Name, cost, size, batch);

    [Theory, MemberData(nameof(Cases))]
    public void EveryLayerInTurn_EndsWhereThePlainOneDoes(string kernels, string activation, string corruption, string cost, int size, int batch)
    {
        var setting = Setting(activation, cost, size, batch, corruption);
        var (expected, actual) = (new Trained(setting), new Trained(setting));
        using var plain = Pretrainer.Create(setting, 1, "reference");
        using var pretrainer = Pretrainer.Create(setting, 2, kernels);
        expected.LoadInto(plain);
        actual.LoadInto(pretrainer);
        var examples = new Greys(size);
        for (var layer = 1; layer <= setting.Network.Depth; layer++)
            for (var update = 0; update < 3; update++)
                Tolerances.AssertClose(
                    plain.Update(layer, examples, update * batch), pretrainer.Update(layer, examples, update * batch), Tolerances.SinglePrecisionNetwork);
        expected.SaveFrom(plain);
        actual.SaveFrom(pretrainer);
        expected.AssertClose(actual);
        for (var layer = 1; layer <= setting.Network.Depth; layer++)
            Tolerances.AssertClose(
                plain.Evaluate(layer, examples, 3, 11), pretrainer.Evaluate(layer, examples, 3, 11), Tolerances.SinglePrecisionNetwork);
        actual.SaveFrom(pretrainer);
        expected.AssertClose(actual);
    }

    public static IEnumerable<TheoryDataRow<string, string>> KernelsAndCorruptions =>
        from kernels in KernelChoice.Names from corruption in CorruptionList.All select new TheoryDataRow<string, string>(kernels, corruption.Name);

    // Threads corrupt parts of an example, each from its own place in the stream of noise.
    [Theory, MemberData(nameof(KernelsAndCorruptions))]
    public void AnyNumberOfThreads_GivesTheSameBits(string kernels, string corruption)
    {
        var setting = Setting("tanh", "cross-entropy", 40, 6, corruption);
        Trained? first = null;
        foreach (var threads in (int[])[1, 2, 3, 4])
        {
            using var pretrainer = Pretrainer.Create(setting, threads, kernels);
            var trained = new Trained(setting);
            trained.LoadInto(pretrainer);
            trained.Costs = [.. Enumerable.Range(0, 6).Select(update => pretrainer.Update(update / 2 + 1, new Greys(40), update * 6))];
            trained.SaveFrom(pretrainer);
            (first ??= trained).AssertSameBits(trained);
        }
    }

    public static TheoryData<string> Kernels => [.. KernelChoice.Names];

    [Theory, MemberData(nameof(Kernels))]
    public void OneLayer_LearnsToReconstructAndMovesNoOther(string kernels)
    {
        var setting = Setting("sigmoid", "cross-entropy", 20, 5);
        using var pretrainer = Pretrainer.Create(setting, 1, kernels);
        var (before, after) = (new Trained(setting), new Trained(setting));
        before.LoadInto(pretrainer);
        var (examples, cost) = (new Greys(20), 0.0);
        cost = pretrainer.Evaluate(2, examples, 0, 100);
        for (var update = 0; update < 400; update++)
            pretrainer.Update(2, examples, update * 5);
        Assert.True(pretrainer.Evaluate(2, examples, 0, 100) < 0.9 * cost);
        after.SaveFrom(pretrainer);
        foreach (var i in (int[])[0, 2, 3])
            Assert.Equal(before.Parameters.Layers[i].Weights, after.Parameters.Layers[i].Weights);
        Assert.NotEqual(before.Parameters.Layers[1].Weights, after.Parameters.Layers[1].Weights);
    }

    [Fact]
    public void ANetworkThatCannotBePretrained_IsRefusedWithTheReason()
    {
        var relu = Setting("tanh", "cross-entropy", 8, 2) with { Network = TestNetworks.Of("relu", 8, [4, 4], 2) };
        var unbounded = Setting("tanh", "squared-distance", 8, 2);
        unbounded = unbounded with { Inputs = null, Plan = unbounded.Plan with { Corruption = CorruptionList.Find("salt-and-pepper")! } };
        var shallow = Setting("tanh", "squared-distance", 8, 2) with { Network = TestNetworks.Of("tanh", 8, [], 2) };
        string Refusal(PretrainingSetting setting) => Assert.Throws<ArgumentException>(() => Pretrainer.Create(setting, 1, "reference")).Message;
        Assert.StartsWith("Expected an activation with two limits, which cross-entropy needs, got relu. Use pretraining.cost: squared-distance, or another "
            + "activation.", Refusal(relu), StringComparison.Ordinal);
        Assert.StartsWith("Expected examples whose values lie between 0 and 1 or -1 and 1, which salt-and-pepper needs, got values outside. "
            + "Use pretraining.corruption: masking, or scale the inputs.",
            Refusal(unbounded),
            StringComparison.Ordinal);
        Assert.StartsWith("Expected a network with hidden layers, got one without.", Refusal(shallow), StringComparison.Ordinal);
    }

    private static PretrainingSetting Setting(string activation, string cost, int size, int batch, string corruption = "masking") => new(
        TestNetworks.Of(activation, size, [size + 3, 2 * size, size], 3), batch,
        new() { Updates = 1, LearningRate = 0.05f, Corruption = CorruptionList.Find(corruption)!, Cost = ReconstructionCostList.Find(cost)! },
        new(0, 1), 5);

    /// <summary>Values between 0 and 1 with something in common.</summary>
    private sealed class Greys(int inputs) : ExampleStream
    {
        public override int Inputs => inputs;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            for (var n = 0; n < labels.Length; n++)
            {
                var random = new Sonde.Numerics.Random.RandomKey(1, "greys").Stream((ulong)(first + n));
                var level = random.NextDouble();
                foreach (ref var value in inputs.Slice(n * Inputs, Inputs))
                    value = (float)(0.8 * level + 0.2 * random.NextDouble());
            }
        }
    }

    private sealed class Trained(PretrainingSetting setting)
    {
        public Parameters Parameters { get; } = TestNetworks.RandomParameters(setting.Network, 4);

        public IReadOnlyList<float[]> DecoderBiases { get; } =
            [.. setting.NewDecoderBiases().Select((biases, i) => Array.ConvertAll(biases, _ => 0.1f * i))];

        public double[] Costs { get; set; } = [];

        public void LoadInto(IPretrainer pretrainer) => pretrainer.Load(Parameters, DecoderBiases);

        public void SaveFrom(IPretrainer pretrainer) => pretrainer.Save(Parameters, DecoderBiases);

        public void AssertClose(Trained actual)
        {
            foreach (var (one, other) in Parameters.Layers.Zip(actual.Parameters.Layers))
            {
                Close.Assert(one.Weights, other.Weights);
                Close.Assert(one.Biases, other.Biases);
            }
            foreach (var (one, other) in DecoderBiases.Zip(actual.DecoderBiases))
                Close.Assert(one, other);
        }

        public void AssertSameBits(Trained actual)
        {
            TestNetworks.AssertSameBits(Parameters, actual.Parameters);
            Assert.Equal(Costs, actual.Costs);
            foreach (var (one, other) in DecoderBiases.Zip(actual.DecoderBiases))
                Assert.Equal(one, other);
        }
    }
}
