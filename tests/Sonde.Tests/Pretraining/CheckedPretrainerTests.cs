using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Pretraining;
using Sonde.Tests.Training;

namespace Sonde.Tests.Pretraining;

/// <summary>The door of every pretrainer, as <see cref="CheckedPretrainer"/> guards it.</summary>
public sealed class CheckedPretrainerTests
{
    private static readonly PretrainingSetting Setting =
        new(TestNetworks.Of("tanh", 4, [3], 3), Batch: 2, new() { Updates = 1 }, new(0, 1), Seed: 1);

    public static TheoryData<string> Kernels => [.. KernelChoice.Names];

    [Theory, MemberData(nameof(Kernels))]
    public void ACallOrADisposalFromWithin_NeitherHangsNorHarms(string kernels)
    {
        var pretrainer = Pretrainer.Create(Setting, 2, kernels);
        Exception? refused = null;
        Assert.True(double.IsFinite(pretrainer.Update(1, new CallingStream(() =>
        {
            refused = Record.Exception(() => pretrainer.Save(Parameters.Empty(Setting.Network), [new float[4]]));
            pretrainer.Dispose();
        }), 0)));
        Assert.NotNull(refused);
        Assert.Throws<ObjectDisposedException>(() => pretrainer.Update(1, new CallingStream(() => { }), 0));
    }

    [Theory, MemberData(nameof(Kernels))]
    public void ASecondCall_IsRefusedAtOnce(string kernels)
    {
        using var pretrainer = Pretrainer.Create(Setting, 1, kernels);
        Exception? refused = null;
        pretrainer.Update(1, new CallingStream(() => refused ??= Record.Exception(() => pretrainer.Evaluate(1, new CallingStream(() => { }), 0, 1))), 0);
        Assert.Equal("This pretrainer is in use by another call, and it can serve one at a time. Wait for that call to end, or make another pretrainer for "
            + "each thread.", Assert.IsType<InvalidOperationException>(refused).Message);
    }

    [Theory, MemberData(nameof(Kernels))]
    public void WhatDoesNotFit_IsRefusedWithBothSides(string kernels)
    {
        using var pretrainer = Pretrainer.Create(Setting, 2, kernels);
        var stream = new CallingStream(() => { });
        var parameters = Parameters.Empty(Setting.Network);
        AssertRefused("Expected a hidden layer from 1 to 1 of the network 4-3-3, got 2.", () => pretrainer.Update(2, stream, 0));
        AssertRefused("Expected a hidden layer from 1 to 1 of the network 4-3-3, got 0.", () => pretrainer.Evaluate(0, stream, 0, 1));
        AssertRefused("Expected the index of an example, 0 or more, got -1.", () => pretrainer.Update(1, stream, -1));
        AssertRefused("Expected 1 or more examples, got 0.", () => pretrainer.Evaluate(1, stream, 0, 0));
        AssertRefused("Expected examples of 4 values, the network's inputs, got 5.", () => pretrainer.Update(1, new CallingStream(() => { }, 5), 0));
        AssertRefused("These parameters are of a network 4-5-3; this pretrainer trains 4-3-3.",
            () => pretrainer.Load(Parameters.Empty(TestNetworks.Of("tanh", 4, [5], 3)), [new float[4]]));
        AssertRefused("Expected decoder biases of 1 hidden layers, got those of 2.", () => pretrainer.Save(parameters, [new float[4], new float[3]]));
        AssertRefused("Expected 4 decoder biases of layer 1, one per input of the layer, got 3.", () => pretrainer.Load(parameters, [new float[3]]));
        AssertRefused("Expected 4 decoder biases of layer 1, one per input of the layer, got null.", () => pretrainer.Load(parameters, [null!]));
        Assert.Throws<ArgumentNullException>(() => pretrainer.Load(null!, [new float[4]]));
        Assert.Throws<ArgumentNullException>(() => pretrainer.Update(1, null!, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Pretrainer.Create(Setting, 0, kernels));
    }

    private static void AssertRefused(string beginning, Action call) =>
        Assert.StartsWith(beginning, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);

    private sealed class CallingStream(Action onRead, int values = 4) : ExampleStream
    {
        public override int Inputs => values;

        public override long? Count => null;

        public override void Read(long first, Span<float> inputs, Span<int> labels)
        {
            onRead();
            inputs.Fill(0.5f);
            labels.Clear();
        }
    }
}
