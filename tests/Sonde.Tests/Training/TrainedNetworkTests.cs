using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Networks;
using Sonde.Tests.Engines;
using Sonde.Training;

namespace Sonde.Tests.Training;

public sealed class TrainedNetworkTests
{
    private static readonly Network Network = SmallTrial.Network;

    [Fact]
    public void Answers_AreThoseOfTheEvaluation()
    {
        using var trained = new TrainedNetwork(Network, Parameters.Initialize(Network, 3));
        var (inputs, labels) = new Corners().ReadFirst(1203, Split.Test, 1);
        var (classes, probabilities) = (trained.Predict(inputs), trained.Probabilities(inputs));
        Assert.Equal(classes, probabilities.Chunk(3).Select(p => Array.IndexOf(p, p.Max())));
        Assert.All(probabilities.Chunk(3), p => Assert.Equal(1, p.Sum(), 1e-5));
        var evaluation = trained.Evaluate(new Corners(), examples: 1203);
        Assert.Equal((1203, 100.0 * classes.Zip(labels).Count(pair => pair.First != pair.Second) / 1203), (evaluation.Examples, evaluation.Error));
        Assert.Equal(probabilities.Chunk(3).Zip(labels).Average(pair => -Math.Log(pair.First[pair.Second])), evaluation.Cost, 1e-5);
        Assert.Empty(trained.Predict([]));
    }

    [Fact]
    public void WhatDoesNotFit_IsRefusedWithBothSides()
    {
        using var trained = new TrainedNetwork(Network, Parameters.Initialize(Network, 3));
        Assert.StartsWith("7 values are no whole number of examples; this network has 6 inputs. Pass all values of each example.",
            Assert.Throws<ArgumentException>(() => trained.Predict(new float[7])).Message, StringComparison.Ordinal);
        Assert.StartsWith("shapeset has 256 inputs and 9 classes; this network has 6 and 3. Evaluate it on data of its own shape.",
            Assert.Throws<ArgumentException>(() => trained.Evaluate(new ShapesetDataset(16))).Message, StringComparison.Ordinal);
        Assert.StartsWith("These parameters are of a network 6-5-5-3; this network is 6-4-3. Pass the ones it was trained with.",
            Assert.Throws<ArgumentException>(() => new TrainedNetwork(Network with { Hidden = [4] }, Parameters.Initialize(Network, 3))).Message,
            StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => trained.Evaluate(new Corners(), examples: 0));
    }

    [Fact]
    public void AfterDispose_ItAnswersNoMore()
    {
        var trained = new TrainedNetwork(Network, Parameters.Initialize(Network, 3));
        trained.Dispose();
        trained.Dispose();
        Assert.Throws<ObjectDisposedException>(() => trained.Predict(new float[6]));
        Assert.Throws<ObjectDisposedException>(() => trained.Evaluate(new Corners()));
    }
}
