using Sonde.Data;
using Sonde.Pretraining;
using Sonde.Probes;
using Sonde.Tests.Training;
using Sonde.Training;

namespace Sonde.Tests.Pretraining;

/// <summary>A trainer whose plan begins with pre-training: two layers, so updates run from -40 to 50.</summary>
public sealed class PretrainedTrialTests
{
    private static readonly TrainingPlan Plan = SmallTrial.Plan;

    private static readonly PretrainingPlan Pretraining = new()
    {
        Updates = 20, LearningRate = 0.02f, Cost = ReconstructionCostList.Find("squared-distance")!,
    };

    [Fact]
    public void WhatIsDue_IsRecordedFromTheFirstLayersFirstUpdateOn()
    {
        var log = new TrainingNotes();
        Assert.Equal(new(TrainingStatus.Done, 50, null), Train(log, Plan));
        Assert.Equal(
            ["-40 pretrain-1-validation", "-20 pretrain-1", "-20 pretrain-1-validation", "-20 pretrain-2-validation", "0 pretrain-2",
                "0 pretrain-2-validation", "0 validation", "0 test", "20 train", "20 validation", "20 test"],
            log.Points.Select(p => $"{p.Update} {p.Split}").Take(11));
        Assert.All(log.Points.Where(p => p.Split.StartsWith("pretrain", StringComparison.Ordinal)), p => Assert.True(double.IsNaN(p.Error) && p.Cost > 0));
        Assert.Equal([-30, -15, 0, 15, 30, 45, 50], log.Checkpoints.Select(c => c.Update));
        Assert.All(log.Checkpoints, c => Assert.Equal(c.Update < 0, c.DecoderBiases is not null));
        Assert.Equal(50, log.LastProgress);
    }

    [Fact]
    public void Images_AreRecordedWhenALayerIsDone()
    {
        var log = new TrainingNotes();
        Train(log, Plan);
        string[] kinds = [.. log.Images.GroupBy(i => (i.Update, i.Layer, i.Quantity)).Select(g =>
            $"{g.Key.Update} {g.Key.Layer} {g.Key.Quantity} {g.Count()}")];
        Assert.Equal(
            ["-20 1 clean 12", "-20 1 corrupted 12", "-20 1 denoised 12", "-20 1 reconstruction 12", "-20 1 filter 5", "0 2 reconstruction 12"], kinds);
        Assert.All(log.Images, image => Assert.Equal((new ImageShape(1, 1, 6), 6), (image.Shape, image.Values.Length)));
        var (clean, corrupted) = (Of(log, "clean"), Of(log, "corrupted"));
        Assert.All(clean.Zip(corrupted), pair => Assert.True(pair.Second == pair.First || pair.Second == 0));
        Assert.Contains(clean.Zip(corrupted), pair => pair.Second != pair.First);
    }

    [Fact]
    public void Filters_AreTheUnitsWeightsAndReconstructionsTheDecodersOwn()
    {
        var log = new TrainingNotes();
        Train(log, Plan with { CheckpointEvery = 1 });
        var saved = log.Checkpoints.Single(c => c.Update == -20);
        var first = saved.Parameters.Layers[0];
        var filters = log.Images.Where(i => i.Quantity == ImageQuantity.Filter).ToList();
        for (var unit = 0; unit < 5; unit++)
            Assert.Equal(Enumerable.Range(0, 6).Select(input => (double)first.Weights[input * 5 + unit]), filters[unit].Values);
        var clean = log.Images.First(i => i.Quantity == ImageQuantity.Clean).Values;
        var code = Enumerable.Range(0, 5).Select(unit =>
            Math.Tanh(first.Biases[unit] + Enumerable.Range(0, 6).Sum(input => clean[input] * first.Weights[input * 5 + unit]))).ToArray();
        var reconstruction = Enumerable.Range(0, 6).Select(input =>
            saved.DecoderBiases![0][input] + Enumerable.Range(0, 5).Sum(unit => code[unit] * first.Weights[input * 5 + unit]));
        foreach (var (expected, actual) in reconstruction.Zip(log.Images.First(i => i is { Layer: 1, Quantity: ImageQuantity.Reconstruction }).Values))
            Tolerances.AssertClose(expected, actual, Tolerances.SinglePrecisionNetwork);
    }

    [Theory, InlineData(-39), InlineData(-30), InlineData(-21), InlineData(-20), InlineData(-7), InlineData(0), InlineData(1), InlineData(33)]
    public void InterruptedAndResumed_EndsInTheSameBitsAndTheSameRows(int stopAfter)
    {
        var whole = new TrainingNotes();
        Train(whole, Plan, observers: [Probes(whole)]);
        var parts = new TrainingNotes();
        using (var stop = new CancellationTokenSource())
        {
            parts.OnProgress = update =>
            {
                if (update == stopAfter)
                    stop.Cancel();
            };
            Assert.Equal(new(TrainingStatus.Interrupted, stopAfter, null), Train(parts, Plan, observers: [Probes(parts)], cancellation: stop.Token));
        }
        Assert.Equal(TrainingStatus.Done, Train(parts, Plan, parts.Checkpoints[^1], observers: [Probes(parts)]).Status);
        Assert.Equal(whole.Points, parts.Points);
        Assert.Equal(whole.Statistics, parts.Statistics);
        Assert.Equal(whole.Images.Select(i => string.Join(' ', i.Values)), parts.Images.Select(i => string.Join(' ', i.Values)));
        TestNetworks.AssertSameBits(whole.Checkpoints[^1].Parameters, parts.Checkpoints[^1].Parameters);
    }

    [Fact]
    public void Probes_SeeTheNetworkThroughoutAndChangeNoBit()
    {
        var (bare, probed, live) = (new TrainingNotes(), new TrainingNotes(), new TrainingNotes());
        Train(bare, Plan);
        Train(probed, Plan, observers: [Probes(probed)]);
        Train(live, Plan, observers: [new ProbeSet(ProbeList.Basic, new ProbeSchedule(10, 49), live) { IsLive = true }]);
        Assert.Equal(Enumerable.Range(-4, 10).Select(k => 10L * k), probed.Statistics.Select(r => r.Update).Distinct());
        Assert.Equal([.. Enumerable.Range(-4, 9).Select(k => 10L * k), 49], live.Statistics.Select(r => r.Update).Distinct());
        double SdAt(TrainingNotes log, long update, int layer) =>
            log.Statistics.Single(r => r.Quantity == Quantity.Weight && r.Update == update && r.Layer == layer).Sd;
        // The second layer's weights rest while the first learns, the output layer's until update 0.
        Assert.Equal(SdAt(probed, -40, 2), SdAt(probed, -20, 2));
        Assert.NotEqual(SdAt(probed, -20, 2), SdAt(probed, -10, 2));
        Assert.NotEqual(SdAt(probed, -40, 1), SdAt(probed, -30, 1));
        Assert.Equal(SdAt(probed, -40, 3), SdAt(probed, 0, 3));
        TestNetworks.AssertSameBits(bare.Checkpoints[^1].Parameters, probed.Checkpoints[^1].Parameters);
        TestNetworks.AssertSameBits(bare.Checkpoints[^1].Parameters, live.Checkpoints[^1].Parameters);
    }

    [Fact]
    public void SupervisedTraining_BeginsWithThePretrainedLayersAndTheFirstExamples()
    {
        var log = new TrainingNotes();
        Train(log, Plan with { CheckpointEvery = 1 });
        var start = log.Checkpoints.Single(c => c.Update == 0);
        var alone = new TrainingNotes();
        SmallTrial.Train(alone, Plan, start);
        TestNetworks.AssertSameBits(alone.Checkpoints[^1].Parameters, log.Checkpoints[^1].Parameters);
    }

    [Fact]
    public void ACheckpointOfPretraining_IsRefusedByATrainerWithoutIt()
    {
        var log = new TrainingNotes();
        Train(log, Plan);
        var refusal = Assert.Throws<ArgumentException>(() => SmallTrial.Train(new TrainingNotes(), Plan, log.Checkpoints[0]));
        Assert.Equal("The checkpoint is at update -30, before supervised training, and this trainer has no earlier training. Pass the one that the trial "
            + "began with.", refusal.Message);
    }

    [Fact]
    public void TooLargeAStep_DivergesWithItsLayerUpdateAndTheRateToChange()
    {
        var log = new TrainingNotes();
        var outcome = Train(log, Plan, activation: "linear", pretraining: Pretraining with { LearningRate = 1e6f });
        Assert.Equal(TrainingStatus.Diverged, outcome.Status);
        Assert.Matches(@"^(the reconstruction cost of layer 1 became non-finite at update -\d+; a smaller learning rate of pre-training may keep it finite"
            + @"|(weights|biases|decoder biases) of layer 1 became non-finite at update -\d+; a smaller learning rate of pre-training may keep them finite)$",
            outcome.Message!);
        Assert.True(outcome.Update < -20);
    }

    private static TrainingOutcome Train(
        TrainingNotes log, TrainingPlan plan, Checkpoint? from = null, IReadOnlyList<IObserver>? observers = null, string activation = "tanh",
        PretrainingPlan? pretraining = null, CancellationToken cancellation = default) =>
        SmallTrial.Train(log, plan, from, observers: observers, activation: activation, earlier: new DenoisingPretraining(pretraining ?? Pretraining),
            cancellation: cancellation);

    private static ProbeSet Probes(TrainingNotes log) => new(ProbeList.Basic, new ProbeSchedule(10, Plan.Updates), log);

    private static IEnumerable<double> Of(TrainingNotes log, string quantity) => log.Images.Where(i => i.Quantity == quantity).SelectMany(i => i.Values);
}
