using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Tests.Training;
using Sonde.Training;

namespace Sonde.Tests.Engines;

/// <summary>The door of every engine: what does not fit is refused with both sides named, and nothing hangs.</summary>
/// <remarks>Two threads on one engine once waited for each other for ever, and so did its disposal.</remarks>
public sealed class CheckedEngineTests
{
    private const int Batch = 2;

    private static readonly Network Network = TestNetworks.Of("tanh", 4, [3], 3), Other = TestNetworks.Of("tanh", 4, [5], 3);

    public static TheoryData<string> Kernels => [.. KernelChoice.Names];

    [Theory, MemberData(nameof(Kernels))]
    public async Task ASecondCallWhileOneRuns_IsRefusedAtOnceAndTheFirstEndsAsUsual(string kernels)
    {
        using var engine = Create(kernels);
        engine.Load(TestNetworks.RandomParameters(Network, 1));
        using var stream = new WaitingStream();
        var first = Task.Run(() => engine.Update(stream, 0));
        Assert.True(stream.Began.Wait(TimeSpan.FromMinutes(1)));
        const string wanted = "This engine is in use by another call, and it can serve one at a time. Wait for that call to end, or make another engine for "
            + "each thread.";
        Assert.Equal(wanted, Assert.Throws<InvalidOperationException>(() => engine.Update(new float[8], [0, 1])).Message);
        Assert.Equal(wanted, Assert.Throws<InvalidOperationException>(() => engine.Save(Parameters.Empty(Network))).Message);
        Assert.Equal(wanted, Assert.Throws<InvalidOperationException>(() => engine.Load(Parameters.Empty(Network))).Message);
        Assert.Equal(wanted, Assert.Throws<InvalidOperationException>(() => engine.Observe(new float[4], [0], new(Network, ObservationNeeds.None))).Message);
        stream.Continue.Set();
        Assert.True(double.IsFinite((await first.WaitAsync(TimeSpan.FromMinutes(1))).Cost));
        Assert.True(double.IsFinite(engine.Update(new float[8], [0, 1]).Cost));
    }

    [Theory, MemberData(nameof(Kernels))]
    public async Task DisposedWhileACallRuns_ReturnsAtOnceAndTheCallEndsAsUsual(string kernels)
    {
        var engine = Create(kernels);
        using var stream = new WaitingStream();
        var first = Task.Run(() => engine.Update(stream, 0));
        Assert.True(stream.Began.Wait(TimeSpan.FromMinutes(1)));
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.Update(new float[8], [0, 1]));
        Assert.False(first.IsCompleted);
        stream.Continue.Set();
        Assert.True(double.IsFinite((await first.WaitAsync(TimeSpan.FromMinutes(1))).Cost));
        Assert.Throws<ObjectDisposedException>(() => engine.Update(new float[8], [0, 1]));
        engine.Dispose();
    }

    [Theory, MemberData(nameof(Kernels))]
    public void DisposedByItsOwnStream_EndsTheUpdateAsUsual(string kernels)
    {
        var engine = Create(kernels);
        Assert.True(double.IsFinite(engine.Update(new CallingStream(engine.Dispose), 0).Cost));
        Assert.Throws<ObjectDisposedException>(() => engine.Update(new float[8], [0, 1]));
    }

    [Theory, MemberData(nameof(Kernels))]
    public void Disposed_EveryCallSaysSo(string kernels)
    {
        var engine = Create(kernels);
        engine.Dispose();
        engine.Dispose();
        Assert.Contains("This engine was disposed. Make another one",
            Assert.Throws<ObjectDisposedException>(() => engine.Update(new float[8], [0, 1])).Message, StringComparison.Ordinal);
        Assert.Throws<ObjectDisposedException>(() => engine.Update(new CallingStream(() => { }), 0));
        Assert.Throws<ObjectDisposedException>(() => engine.Observe(new float[4], [0], new(Network, ObservationNeeds.None)));
        Assert.Throws<ObjectDisposedException>(() => engine.Load(Parameters.Empty(Network)));
        Assert.Throws<ObjectDisposedException>(() => engine.Save(Parameters.Empty(Network)));
    }

    [Theory, MemberData(nameof(Kernels))]
    public void WhatDoesNotFit_IsRefusedWithBothSides(string kernels)
    {
        using var engine = Create(kernels);
        AssertRefused("These parameters are of a network 4-5-3; this engine trains 4-3-3.", () => engine.Load(Parameters.Empty(Other)));
        AssertRefused("These parameters are of a network 4-5-3; this engine trains 4-3-3.", () => engine.Save(Parameters.Empty(Other)));
        AssertRefused("This optimizer state is of a network 4-5-3; this engine trains 4-3-3.",
            () => engine.Load(Parameters.Empty(Network), new OptimizerState(Other, ["velocity"])));
        AssertRefused("Expected the state of an optimizer that remembers nothing, got one that remembers velocity.",
            () => engine.Load(Parameters.Empty(Network), new OptimizerState(Network, ["velocity"])));
        AssertRefused("This observation is of a network 4-5-3; this engine trains 4-3-3.",
            () => engine.Update(new float[8], [0, 1], new(Other, ObservationNeeds.All)));
        AssertRefused("Expected 1 to 2 labels, one for each example of the mini-batch, got 3.", () => engine.Update(new float[12], [0, 1, 2]));
        AssertRefused("Expected inputs of 2 examples x 4 = 8 values, got 7.", () => engine.Update(new float[7], [0, 1]));
        AssertRefused("Expected inputs of 0 examples x 4 = 0 values, got 0.", () => engine.Observe([], [], new(Network, ObservationNeeds.None)));
        AssertRefused("Expected labels 0 to 2 of 3 classes, got 3.", () => engine.Update(new float[8], [0, 3]));
        AssertRefused("Expected labels 0 to 2 of 3 classes, got -1.", () => engine.Update(new CallingStream(() => { }) { Label = -1 }, 0));
        AssertRefused("Expected the index of an example, 0 or more, got -1.", () => engine.Update(new CallingStream(() => { }), -1));
        AssertRefused("Expected labels 0 to 2 of 3 classes, got -1.",
            () => engine.Observe(new CallingStream(() => { }) { Label = -1 }, 0, 1, new(Network, ObservationNeeds.None)));
        AssertRefused("Expected the index of an example, 0 or more, got -1.",
            () => engine.Observe(new CallingStream(() => { }), -1, 1, new(Network, ObservationNeeds.None)));
        AssertRefused("Expected 1 example or more, got 0.", () => engine.Observe(new CallingStream(() => { }), 0, 0, new(Network, ObservationNeeds.None)));
        Assert.Throws<ArgumentNullException>(() => engine.Observe(null!, 0, 1, new(Network, ObservationNeeds.None)));
        Assert.Throws<ArgumentNullException>(() => engine.Load(null!));
        Assert.Throws<ArgumentNullException>(() => engine.Save(null!));
        Assert.Throws<ArgumentNullException>(() => engine.Update(null!, 0));
        Assert.Throws<ArgumentNullException>(() => engine.Observe(new float[4], [0], null!));
    }

    [Theory, InlineData(0, 1), InlineData(-1, 1), InlineData(1, 0), InlineData(1, -1)]
    public void SizesBelowOne_AreRefused(int batch, int threads) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Engine.Create(Network, batch, new Sgd(0.1f), threads));

    [Fact]
    public void NoNetworkOrOptimizer_IsRefused()
    {
        Assert.Throws<ArgumentNullException>(() => Engine.Create(null!, 1, new Sgd(0.1f), 1));
        Assert.Throws<ArgumentNullException>(() => Engine.Create(Network, 1, null!, 1));
    }

    [Theory, MemberData(nameof(Kernels))]
    public void BeforeParametersAreLoaded_NothingIsTrainedOrObserved(string kernels)
    {
        // Training on zeros moved the biases alone, without a word.
        const string wanted = "This engine has no parameters yet: all weights are 0, and so they would stay alike. Call Load first, with "
            + "Parameters.Initialize(engine.Network, seed) for example.";
        using var engine = Engine.Create(Network, Batch, new Sgd(0.1f), 1, kernels);
        Assert.Equal(wanted, Assert.Throws<InvalidOperationException>(() => engine.Update(new float[8], [0, 1])).Message);
        Assert.Equal(wanted, Assert.Throws<InvalidOperationException>(() => engine.Update(new CallingStream(() => { }), 0)).Message);
        Assert.Equal(wanted, Assert.Throws<InvalidOperationException>(() => engine.Observe(new float[4], [0], new(Network, ObservationNeeds.None))).Message);
        engine.Load(Parameters.Initialize(Network, 1));
        Assert.True(double.IsFinite(engine.Update(new float[8], [0, 1]).Cost));
    }

    [Theory, MemberData(nameof(Kernels))]
    public void TooManyThreads_AreRefusedBeforeOneStarts(string kernels) => AssertRefused("Expected 1 to 1,024 threads, got 100000. This machine runs ",
        () => Engine.Create(Network, Batch, new Sgd(0.1f), 100_000, kernels));

    [Fact]
    public void ParametersAndWidths_AreCopied()
    {
        int[] hidden = [3];
        var network = TestNetworks.Of("tanh", 4, hidden, 3);
        hidden[0] = 7;
        Assert.Equal([3], network.Hidden);
        using var engine = Create(KernelChoice.Names[0]);
        var (given, kept) = (Parameters.Initialize(Network, 1), Parameters.Empty(Network));
        engine.Load(given);
        given.Layers[0].Weights[0] = 99;
        engine.Save(kept);
        Assert.NotEqual(99, kept.Layers[0].Weights[0]);
        using var trained = new TrainedNetwork(Network, given);
        given.Layers[0].Weights[0] = 77;
        Assert.Equal(99, trained.Parameters.Layers[0].Weights[0]);
    }

    private static void AssertRefused(string beginning, Action call) =>
        Assert.StartsWith(beginning, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);

    private static IEngine Create(string kernels)
    {
        var engine = Engine.Create(Network, Batch, new Sgd(0.1f), 2, kernels);
        engine.Load(TestNetworks.RandomParameters(Network, 1));
        return engine;
    }

    /// <summary>A stream that calls something at each reading.</summary>
    private sealed class CallingStream(Action onRead) : ExampleStream
    {
        public int Label { get; init; } = 1;

        public override int Inputs => 4;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            onRead();
            inputs.Fill(0.5f);
            labels.Fill(Label);
        }
    }

    /// <summary>A stream that says when it is read, and waits until it may continue.</summary>
    private sealed class WaitingStream : ExampleStream, IDisposable
    {
        public ManualResetEventSlim Began { get; } = new();

        public ManualResetEventSlim Continue { get; } = new();

        public override int Inputs => 4;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            Began.Set();
            Continue.Wait(TimeSpan.FromMinutes(1));
            inputs.Fill(0.5f);
            labels.Fill(1);
        }

        public void Dispose()
        {
            Began.Dispose();
            Continue.Dispose();
        }
    }
}
