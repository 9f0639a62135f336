using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Tests.Training;

namespace Sonde.Tests.Engines;

/// <summary>Updates along gradients that are shortened to a limit: the same in every engine, for any number of threads and after a resume.</summary>
public sealed class ClippingTests
{
    private const int Batch = 5;
    private const float Limit = 0.05f;

    private static readonly Network Network = TestNetworks.Of("tanh", 12, [40, 30, 20], 4) with
    {
        HiddenLayers = [new(40) { Dropout = 0.2 }, new(30) { IsFrozen = true }, new(20)],
    };

    public static IEnumerable<TheoryDataRow<string, string>> KernelsAndOptimizers =>
        from kernels in KernelChoice.Names from kind in (string[])["sgd", "momentum", "adam", "sdlm"] select new TheoryDataRow<string, string>(kernels, kind);

    [Theory, MemberData(nameof(KernelsAndOptimizers))]
    public void UpdatesAndObservations_AreThoseOfTheReference(string kernels, string optimizer)
    {
        using var reference = Create("reference", 1, optimizer);
        using var engine = Create(kernels, 3, optimizer);
        for (var update = 0; update < 4; update++)
        {
            var (x, y) = TestNetworks.RandomExamples(Network, Batch, update);
            var (expected, seen) = (new Observation(Network, ObservationNeeds.All), new Observation(Network, ObservationNeeds.All));
            reference.Update(x, y, expected);
            engine.Update(x, y, seen);
            AssertClose(expected, seen);
        }
        // Three mini-batches and two examples more, each mini-batch with a gradient of its own length.
        var (inputs, labels) = TestNetworks.RandomExamples(Network, 17, 9);
        inputs.AsSpan(0, 5 * 12).Clear();
        var (still, ofReference) = (new Observation(Network, ObservationNeeds.All), new Observation(Network, ObservationNeeds.All));
        engine.Observe(inputs, labels, still);
        reference.Observe(inputs, labels, ofReference);
        AssertClose(ofReference, still);
    }

    [Fact]
    public void AnUpdateOfPlainDescent_IsAsLongAsTheRateTimesTheLimit()
    {
        using var engine = Create("reference", 1, "sgd");
        var (before, after) = (Parameters.Empty(Network), Parameters.Empty(Network));
        engine.Save(before);
        var (x, y) = TestNetworks.RandomExamples(Network, Batch, 1);
        engine.Update(x, y);
        engine.Save(after);
        var squares = before.Layers.Zip(after.Layers).Sum(layer => Squares(layer.First.Weights, layer.Second.Weights)
            + Squares(layer.First.Biases, layer.Second.Biases));
        Assert.Equal(0.1 * Limit, Math.Sqrt(squares), 1e-6);

        static double Squares(float[] one, float[] other) => one.Zip(other).Sum(pair => Math.Pow((double)pair.First - pair.Second, 2));
    }

    [Theory, MemberData(nameof(KernelsAndOptimizers))]
    public void AnyNumberOfThreadsAndAResume_GiveTheSameBits(string kernels, string optimizer)
    {
        var whole = Train(kernels, 1, optimizer, 0, 6, null);
        Assert.Equal(6, whole.State.Steps);
        foreach (var threads in (int[])[2, 3, 7])
        {
            var half = Train(kernels, threads, optimizer, 0, 3, null);
            TestNetworks.AssertSameBits(whole.Parameters, Train(kernels, threads, optimizer, 3, 6, half).Parameters);
        }
    }

    private static (Parameters Parameters, OptimizerState State) Train(
        string kernels, int threads, string optimizer, int from, int to, (Parameters Parameters, OptimizerState State)? start)
    {
        using var engine = Create(kernels, threads, optimizer);
        if (start is var (parameters, state))
            engine.Load(parameters, state);
        for (var update = from; update < to; update++)
        {
            var (x, y) = TestNetworks.RandomExamples(Network, Batch, update);
            engine.Update(x, y, update % 2 == 1 ? new Observation(Network, ObservationNeeds.All) : null);
        }
        var end = (Parameters.Empty(Network), engine.NewState());
        engine.Save(end.Item1, end.Item2);
        return end;
    }

    private static IEngine Create(string kernels, int threads, string optimizer)
    {
        var engine = Engine.Create(Network, Batch, OptimizerList.Find(optimizer)!.Make(0.1f, new Dictionary<string, float>()).ClippedTo(Limit), threads,
            kernels, seed: 4);
        engine.Load(TestNetworks.RandomParameters(Network, 1));
        return engine;
    }

    private static void AssertClose(Observation expected, Observation seen)
    {
        for (var i = 0; i < Network.Layers; i++)
            TestNetworks.AssertClose(expected.Layers[i], seen.Layers[i]);
    }
}
