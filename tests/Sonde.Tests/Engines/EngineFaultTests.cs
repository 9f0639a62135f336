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

public sealed class Vector128FaultTests : EngineFaultTests<Lanes4>;

public sealed class Vector256FaultTests : EngineFaultTests<Lanes8>;

public sealed class Vector512FaultTests : EngineFaultTests<Lanes16>;

/// <summary>Numbers at the edge of their range, streams that fail and calls of the wrong shape.</summary>
public abstract class EngineFaultTests<TLanes> where TLanes : struct, IVectorLanes<TLanes>
{
    private const float LearningRate = 0.1f;

    [Fact]
    public void OneInfiniteInput_MakesOnlyWhatDependsOnItNonFinite()
    {
        var network = TestNetworks.Of("relu", 5, [3, 18], 3);
        using var engine = Create(network, 2, 2);
        using var reference = new ReferenceEngine<Sgd>(network, 2, new(LearningRate));
        var (x, y) = TestNetworks.RandomExamples(network, 2, 1);
        x[2] = float.PositiveInfinity;
        AssertSameFinite(network, engine, reference, TestNetworks.RandomParameters(network, 4), x, y);
    }

    [Fact]
    public void NanWeight_SpreadsAsInTheReference()
    {
        var network = TestNetworks.Of("relu", 5, [3, 18], 3);
        using var engine = Create(network, 2, 2);
        using var reference = new ReferenceEngine<Sgd>(network, 2, new(LearningRate));
        var (x, y) = TestNetworks.RandomExamples(network, 2, 1);
        var parameters = TestNetworks.RandomParameters(network, 4);
        parameters.Layers[1].Weights[7] = float.NaN;
        AssertSameFinite(network, engine, reference, parameters, x, y);
    }

    [Fact]
    public void DenormalsAndLargeLogits_StayFiniteAndAgree()
    {
        var network = TestNetworks.Of("linear", 4, [6], 3);
        using var engine = Create(network, 2, 1);
        var twin = new DoubleTwin(network, LearningRate);
        var parameters = TestNetworks.RandomParameters(network, 5);
        engine.Load(parameters);
        twin.Load(parameters);
        float[] x = [1e-40f, -1e-42f, 0, 3e-39f, 3000, -2000, 1000, 500];
        var observation = new Observation(network, ObservationNeeds.All);
        var result = engine.Update(x, [0, 1], observation);
        twin.Update(x, [0, 1]);
        Assert.True(double.IsFinite(result.Cost));
        Assert.Equal(twin.MeanCost, result.Cost, 1e-5 * twin.MeanCost);
        twin.AssertObserved(observation);
    }

    [Theory, InlineData(1, 0), InlineData(3, 0), InlineData(3, 4)]
    public void AStreamThatFails_ReachesTheCallerAndMovesNoParameter(int threads, int failing)
    {
        var network = TestNetworks.Of("tanh", 4, [3], 3);
        using var engine = Create(network, 5, threads);
        var (before, after) = (TestNetworks.RandomParameters(network, 10), Parameters.Empty(network));
        engine.Load(before);
        var stream = new SpoiltStream(failing);
        Assert.Equal($"example {failing} is spoilt", Assert.Throws<InvalidDataException>(() => engine.Update(stream, 0)).Message);
        engine.Save(after);
        TestNetworks.AssertSameBits(before, after);
        Assert.True(double.IsFinite(engine.Update(stream, 5).Cost));
    }

    [Theory, InlineData(1, true), InlineData(3, true), InlineData(1, false), InlineData(2, false), InlineData(3, false)]
    public void ALabelOfNoClass_ReachesTheCallerAndMovesNoParameter(int threads, bool isComputed)
    {
        var network = TestNetworks.Of("tanh", 4, [3], 3);
        using var engine = Create(network, 5, threads);
        var (before, after) = (TestNetworks.RandomParameters(network, 10), Parameters.Empty(network));
        engine.Load(before);
        ExampleStream stream = isComputed ? new SpoiltStream(-1) { Label = 3 }
            : FiniteStream.PassesInOrder(LabelledExamples.FromFloats(new float[20], new byte[] { 0, 1, 2, 0, 3 }));
        Assert.StartsWith("Expected labels 0 to 2 of 3 classes, got 3.", Assert.Throws<ArgumentOutOfRangeException>(() => engine.Update(stream, 0)).Message,
            StringComparison.Ordinal);
        engine.Save(after);
        TestNetworks.AssertSameBits(before, after);
        Assert.Throws<ArgumentOutOfRangeException>(() => engine.Observe(stream, 0, 5, new(network, ObservationNeeds.None)));
    }

    [Fact]
    public void WrongShapes_SayWhatWasExpected()
    {
        var network = TestNetworks.Of("tanh", 4, [3], 3);
        using var engine = Create(network, 2, 1);
        engine.Load(TestNetworks.RandomParameters(network, 10));
        Assert.Contains("Expected 1 to 2 labels", Assert.Throws<ArgumentException>(() => engine.Update(new float[12], [1, 0, 2])).Message,
            StringComparison.Ordinal);
        Assert.Contains("2 examples x 4 = 8 values, got 7", Assert.Throws<ArgumentException>(() => engine.Update(new float[7], [1, 2])).Message,
            StringComparison.Ordinal);
        Assert.Contains("Expected labels 0 to 2", Assert.Throws<ArgumentOutOfRangeException>(() => engine.Update(new float[8], [1, 3])).Message,
            StringComparison.Ordinal);
        Assert.Contains("Expected labels 0 to 2 of 3 classes, got 3",
            Assert.Throws<ArgumentOutOfRangeException>(() => engine.Update(new SpoiltStream(-1) { Label = 3 }, 0)).Message, StringComparison.Ordinal);
        Assert.Contains("Expected examples of 4 values, the network's inputs, got 256",
            Assert.Throws<ArgumentException>(() => engine.Update(new ShapesetDataset(16).Open(Split.Train, 1), 0)).Message, StringComparison.Ordinal);
    }

    private static void AssertSameFinite(
        Network network, CheckedEngine engine, ReferenceEngine<Sgd> reference, Parameters parameters, float[] x, int[] y)
    {
        engine.Load(parameters);
        reference.Load(parameters);
        for (var update = 0; update < 2; update++)
        {
            var (expected, seen) = (new Observation(network, ObservationNeeds.All), new Observation(network, ObservationNeeds.All));
            reference.Update(x, y, expected);
            engine.Update(x, y, seen);
            for (var i = 0; i < network.Layers; i++)
            {
                Assert.Equal(expected.Layers[i].Preactivation.Select(float.IsFinite), seen.Layers[i].Preactivation.Select(float.IsFinite));
                Assert.Equal(expected.Layers[i].BackpropagatedGradient.Select(float.IsFinite), seen.Layers[i].BackpropagatedGradient.Select(float.IsFinite));
                Assert.Equal(expected.Layers[i].WeightGradient.NonFinite, seen.Layers[i].WeightGradient.NonFinite);
                Assert.Equal(expected.Layers[i].Weight.NonFinite, seen.Layers[i].Weight.NonFinite);
            }
        }
    }

    private sealed class SpoiltStream(long spoilt) : ExampleStream
    {
        public int Label { get; init; } = 1;

        public override int Inputs => 4;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            CheckShape(inputs, labels);
            if (first <= spoilt && spoilt < first + labels.Length)
                throw new InvalidDataException($"example {spoilt} is spoilt");
            inputs.Fill(0.5f);
            labels.Fill(Label);
        }
    }

    private static CheckedEngine Create(Network network, int batch, int threads) =>
        new(new VectorEngine<TLanes, Sgd>(network, batch, new(LearningRate), threads));
}
