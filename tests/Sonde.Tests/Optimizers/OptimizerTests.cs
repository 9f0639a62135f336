using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Tests.Training;

namespace Sonde.Tests.Optimizers;

/// <summary>What every optimizer owes, whatever it remembers: the kernels against the plain engine, any number of threads, what probes see of it.</summary>
public sealed class OptimizerTests
{
    private const int Batch = 6;

    // For those that have such a setting: several estimates in the few updates of these tests, the last of which fade.
    private static readonly Dictionary<string, float> Settings = new() { ["curvatureEvery"] = 2, ["memory"] = 0.6f };

    // Odd widths, and one that leaves most of a vector unused.
    private static readonly Network Network = TestNetworks.Of("tanh", 45, [70, 33, 5], 7);

    public static IEnumerable<TheoryDataRow<string, string>> All =>
        from kind in OptimizerList.All
        from kernels in KernelChoice.Names
        where kernels != "reference"
        select new TheoryDataRow<string,
            string>(kind.Name, kernels);

    [Theory, MemberData(nameof(All))]
    public void Kernels_AgreeWithThePlainEngineInParametersAndMemory(string optimizer, string kernels)
    {
        var (expected, expectedState) = Train(optimizer, "reference", 1);
        var (parameters, state) = Train(optimizer, kernels, 2);
        Assert.Equal(expectedState.Names, state.Names);
        Assert.Equal(5, state.Steps);
        AssertClose(expected, parameters);
        foreach (var (one, other) in expectedState.Memory.Zip(state.Memory))
            AssertClose(one, other);
    }

    [Theory, MemberData(nameof(All))]
    public void AnyNumberOfThreadsObservedOrNot_SameBits(string optimizer, string kernels)
    {
        var (expected, expectedState) = Train(optimizer, kernels, 1);
        foreach (var threads in (int[])[2, 3])
        {
            var (parameters, state) = Train(optimizer, kernels, threads, observe: true);
            TestNetworks.AssertSameBits(expected, parameters);
            foreach (var (one, other) in expectedState.Memory.Zip(state.Memory))
                TestNetworks.AssertSameBits(one, other);
        }
    }

    [Theory, MemberData(nameof(All))]
    public void StateOutAndIn_ContinuesInTheSameBits(string optimizer, string kernels)
    {
        var (expected, _) = Train(optimizer, kernels, 2);
        using var first = Create(optimizer, kernels, 2);
        var parameters = TestNetworks.RandomParameters(Network, 3);
        first.Load(parameters);
        Update(first, 0, 3);
        var state = first.NewState();
        first.Save(parameters, state);
        using var second = Create(optimizer, kernels, 1);
        second.Load(TestNetworks.RandomParameters(Network, 4));
        Update(second, 0, 2);
        second.Load(parameters, state);
        Update(second, 3, 5);
        second.Save(parameters);
        TestNetworks.AssertSameBits(expected, parameters);
    }

    [Theory, MemberData(nameof(All))]
    public void LoadedWithoutState_StartsAgain(string optimizer, string kernels)
    {
        var (expected, _) = Train(optimizer, kernels, 1);
        using var engine = Create(optimizer, kernels, 1);
        engine.Load(TestNetworks.RandomParameters(Network, 4));
        Update(engine, 0, 2);
        var parameters = TestNetworks.RandomParameters(Network, 3);
        engine.Load(parameters);
        Update(engine, 0, 5);
        engine.Save(parameters);
        TestNetworks.AssertSameBits(expected, parameters);
    }

    [Theory, MemberData(nameof(All))]
    public void ALiveUpdate_IsTheChangeOfTheWeights(string optimizer, string kernels)
    {
        using var engine = Create(optimizer, kernels, 2);
        var (before, after) = (TestNetworks.RandomParameters(Network, 3), Parameters.Empty(Network));
        engine.Load(before);
        Update(engine, 0, 4);
        engine.Save(before);
        var seen = new Observation(Network, ObservationNeeds.Updates);
        Update(engine, 4, 5, seen);
        engine.Save(after);
        for (var i = 0; i < Network.Layers; i++)
        {
            double[] change = [.. after.Layers[i].Weights.Zip(before.Layers[i].Weights, (now, then) => (double)now - then)];
            // The weights are rounded, the updates seen are not.
            var tolerance = before.Layers[i].Weights.Max(Math.Abs) * Tolerances.SingleUlp;
            Assert.Equal(change.Min(), seen.Layers[i].Update.Min, tolerance);
            Assert.Equal(change.Max(), seen.Layers[i].Update.Max, tolerance);
            Assert.Equal(change.Average(), seen.Layers[i].Update.Mean, tolerance);
            Assert.True(change.Max() > 50 * tolerance, "The updates are too small to be compared.");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void UpdatesOfFixedExamples_AreThoseThatTheNextUpdateWouldMake(string optimizer, string kernels)
    {
        var (inputs, labels) = TestNetworks.RandomExamples(Network, 3 * Batch, 77);
        Observation Look(string name)
        {
            using var engine = Create(optimizer, name, 2);
            engine.Load(TestNetworks.RandomParameters(Network, 3));
            Update(engine, 0, 4);
            var seen = new Observation(Network, ObservationNeeds.Updates | ObservationNeeds.WeightGradients);
            engine.Observe(inputs, labels, seen);
            // Looking changes nothing of what is remembered.
            var again = new Observation(Network, ObservationNeeds.Updates);
            engine.Observe(inputs, labels, again);
            Assert.Equal(seen.Layers[0].Update with { Counts = [] }, again.Layers[0].Update with { Counts = [] });
            return seen;
        }

        var (expected, seen) = (Look("reference"), Look(kernels));
        for (var i = 0; i < Network.Layers; i++)
            TestNetworks.AssertClose(expected.Layers[i], seen.Layers[i]);
    }

    [Fact]
    public void StateOfAnotherOptimizer_IsRefused()
    {
        foreach (var kernels in new[] { "reference", KernelChoice.Names[0] })
        {
            using var engine = Create("adam", kernels, 1);
            var state = new OptimizerState(Network, ["velocity"]);
            Assert.Equal(
                "Expected the state of an optimizer that remembers mean and square, got one that remembers velocity. Continue with the optimizer that trained "
                + "so far.",
                Assert.Throws<ArgumentException>(() => engine.Load(Parameters.Empty(Network), state)).Message);
            Assert.Throws<ArgumentException>(() => engine.Save(Parameters.Empty(Network), state));
        }
    }

    private static IEngine Create(string optimizer, string kernels, int threads)
    {
        var kind = OptimizerList.Find(optimizer)!;
        var settings = Settings.Where(pair => kind.Settings.Any(setting => setting.Name == pair.Key)).ToDictionary();
        return Engine.Create(Network, Batch, kind.Make(0.02f, settings), threads, kernels);
    }

    private static (Parameters, OptimizerState) Train(string optimizer, string kernels, int threads, bool observe = false)
    {
        using var engine = Create(optimizer, kernels, threads);
        var parameters = TestNetworks.RandomParameters(Network, 3);
        engine.Load(parameters);
        Update(engine, 0, 5, observe ? new(Network, ObservationNeeds.All) : null);
        var state = engine.NewState();
        engine.Save(parameters, state);
        return (parameters, state);
    }

    private static void Update(IEngine engine, int from, int to, Observation? observation = null)
    {
        for (var update = from; update < to; update++)
        {
            var (x, y) = TestNetworks.RandomExamples(Network, Batch, update);
            engine.Update(x, y, observation);
        }
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
