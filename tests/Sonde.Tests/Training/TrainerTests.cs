using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Tests.Engines;
using Sonde.Training;

namespace Sonde.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Network Network = SmallTrial.Network;

    private static readonly TrainingPlan Plan = SmallTrial.Plan;

    [Fact]
    public void ADoneTrial_RecordsWhatIsDueInOrder()
    {
        var log = new TrainingNotes();
        Assert.Equal(new(TrainingStatus.Done, 50, null), SmallTrial.Train(log, Plan));
        Assert.Equal([0, 20, 20, 40, 40, 50, 50], log.Points.Where(p => p.Split is "train" or "test").Select(p => p.Update));
        Assert.Equal([15, 30, 45, 50], log.Checkpoints.Select(c => c.Update));
        Assert.Equal(50, log.LastProgress);
    }

    [Fact]
    public void ATrialOfNoUpdates_IsObservedEvaluatedAndSavedOnce()
    {
        var log = new TrainingNotes();
        var observers = new[] { new ProbeSet(ProbeList.Basic, new ProbeSchedule(10, 0), log) };
        Assert.Equal(new(TrainingStatus.Done, 0, null), SmallTrial.Train(log, Plan with { Updates = 0 }, observers: observers));
        Assert.Equal([(0L, "validation"), (0L, "test")], log.Points.Select(point => (point.Update, point.Split)));
        Assert.Equal([0L], log.Checkpoints.Select(checkpoint => checkpoint.Update));
        Assert.True(log.Rows > 0);
        TestNetworks.AssertSameBits(Parameters.Initialize(Network, Plan.Seed), log.Checkpoints[0].Parameters);
    }

    [Fact]
    public void OneTargetForTwoOutputs_IsWrongInHalfOfThemIfTheyAlwaysDiffer()
    {
        // The outputs of a softmax of two units are on different sides of 0.5, and both are compared with the same answer.
        var table = new TargetTable(TargetKind.YesNo, 1, [.. Enumerable.Range(0, 30).Select(k => k % 3 == 0 ? 1f : 0)]);
        var (x, _) = new Corners().ReadFirst(30, Split.Test, 1);
        LabelledExamples Part(int from) => LabelledExamples.FromFloats(x.AsMemory(6 * from, 60), new byte[10]).WithRowsFrom(from);
        var data = new ArrayDataset("answers", new(1, 1, 6), ["answer"], Part(0), Part(10), Part(20), table);
        var network = Network with { Classes = 2, Targets = table.ForOutputs(2) };
        using var engine = Engine.Create(network, Plan.Batch, new Sgd(0.1f), 1, "reference");
        var log = new TrainingNotes();
        new Trainer(engine, data, Plan with { Updates = 0 }, [], 1, log, TimeProvider.System).Run(null, CancellationToken.None);
        Assert.Equal([50, 50], log.Points.Select(point => point.Error));
        using var trained = new TrainedNetwork(network, Parameters.Initialize(network, 1), kernels: "reference");
        Assert.Equal(50, trained.Evaluate(data).Error);
    }

    [Fact]
    public void AShortLastBatch_EndsEachPassAndTheNextBeginsAfresh()
    {
        // 10 examples in mini-batches of 4: 4, 4 and 2.
        var (x, y) = new Corners().ReadFirst(30, Split.Test, 1);
        LabelledExamples Part(int from, int count) => LabelledExamples.FromFloats(
            x.AsMemory(6 * from, 6 * count), Array.ConvertAll(y[from..(from + count)], label => (byte)label));
        var data = new ArrayDataset("ten", new(1, 1, 6), ["first", "second", "third"], Part(0, 10), Part(10, 10), Part(20, 10));
        var (log, seen) = (new TrainingNotes(), new List<(long Update, float[] Costs)>());
        var plan = Plan with { Updates = 6, EvaluateEvery = 3, IsLastBatchShort = true };
        SmallTrial.Train(log, plan, data: data, observers: [new Watcher(every: 1, seen)]);
        Assert.Equal([4, 4, 2, 4, 4, 2], seen.Select(s => s.Costs.Length));
        using var engine = Engine.Create(Network, plan.Batch, new Sgd(0.1f), 1, "reference");
        engine.Load(Parameters.Initialize(Network, plan.Seed));
        var examples = data.Open(Split.Train, plan.Seed);
        var misclassified = 0;
        foreach (var (first, count) in ((int, int)[])[(0, 4), (4, 4), (8, 2), (10, 4), (14, 4), (18, 2)])
        {
            var (inputs, labels) = examples.Read(first, count);
            misclassified += engine.Update(inputs, labels).Misclassified;
        }
        var expected = Parameters.Empty(Network);
        engine.Save(expected);
        TestNetworks.AssertSameBits(expected, log.Checkpoints[^1].Parameters);
        Assert.Equal(100.0 * misclassified, log.Points.Where(p => p.Split == "train").Sum(p => p.Error * 10), 6);
    }

    [Fact]
    public void Learning_LowersTheCost()
    {
        var log = new TrainingNotes();
        SmallTrial.Train(log, Plan with { Updates = 2000, EvaluateEvery = 2000 }, learningRate: 0.5f);
        var costs = log.Points.Where(p => p.Split == "test").Select(p => p.Cost).ToList();
        Assert.True(costs[^1] < 0.5 * costs[0], $"The cost went from {costs[0]} to {costs[^1]}.");
    }

    public static IEnumerable<TheoryDataRow<string, int>> OptimizersAndStops =>
        from kind in OptimizerList.All from stopAfter in (int[])[1, 15, 37] select new TheoryDataRow<string, int>(kind.Name, stopAfter);

    [Theory, MemberData(nameof(OptimizersAndStops))]
    public void InterruptedAndResumed_EndsInTheSameBitsAndTheSamePoints(string optimizer, int stopAfter)
    {
        var whole = new TrainingNotes();
        SmallTrial.Train(whole, Plan, optimizer: optimizer);
        var parts = new TrainingNotes();
        using (var stop = new CancellationTokenSource())
        {
            parts.OnProgress = update =>
            {
                if (update == stopAfter)
                    stop.Cancel();
            };
            Assert.Equal(new(TrainingStatus.Interrupted, stopAfter, null), SmallTrial.Train(parts, Plan, optimizer: optimizer, cancellation: stop.Token));
        }
        var saved = parts.Checkpoints[^1];
        Assert.Equal(stopAfter, saved.Update);
        Assert.Equal(TrainingStatus.Done, SmallTrial.Train(parts, Plan, saved, optimizer: optimizer).Status);
        Assert.Equal(whole.Points, parts.Points);
        TestNetworks.AssertSameBits(whole.Checkpoints[^1].Parameters, parts.Checkpoints[^1].Parameters);
    }

    [Fact]
    public void Probes_ChangeNoBitOfTheTraining()
    {
        var (bare, probed) = (new TrainingNotes(), new TrainingNotes());
        SmallTrial.Train(bare, Plan);
        SmallTrial.Train(probed, Plan, observers: [new ProbeSet(ProbeList.Basic, new ProbeSchedule(1, Plan.Updates), probed)]);
        // The examples themselves have rows at update 0 alone.
        Assert.Equal(51 * 3 * 7 + 5, probed.Rows);
        TestNetworks.AssertSameBits(bare.Checkpoints[^1].Parameters, probed.Checkpoints[^1].Parameters);
        Assert.Equal(bare.Points, probed.Points);
    }

    [Fact]
    public void LiveProbes_SeeTheMiniBatchOfTheUpdateThatFollowsAndChangeNoBit()
    {
        var (bare, probed) = (new TrainingNotes(), new TrainingNotes());
        var seen = new List<(long Update, float[] Costs)>();
        SmallTrial.Train(bare, Plan);
        var probes = new ProbeSet(ProbeList.Basic, new ProbeSchedule(1, Plan.Updates - 1), probed) { IsLive = true };
        SmallTrial.Train(probed, Plan, observers: [new Watcher(every: 20, seen), probes]);
        Assert.Equal(50 * 3 * 7 + 5, probed.Rows);
        TestNetworks.AssertSameBits(bare.Checkpoints[^1].Parameters, probed.Checkpoints[^1].Parameters);
        Assert.Equal(bare.Points, probed.Points);
        Assert.Equal([0, 20, 40], seen.Select(s => s.Update));
        // Seen before its own update: the costs are those of the parameters of update 20 on the examples from 80 on.
        var at20 = new TrainingNotes();
        SmallTrial.Train(at20, Plan with { Updates = 20 });
        using var engine = Engine.Create(Network, Plan.Batch, new Sgd(0.1f), 1, "reference");
        engine.Load(at20.Checkpoints[^1].Parameters);
        var (inputs, labels, observation) = (new float[Plan.Batch * 6], new int[Plan.Batch], new Observation(Network, ObservationNeeds.None));
        new Corners().Open(Split.Train, Plan.Seed).Read(20 * Plan.Batch, inputs, labels);
        engine.Observe(inputs, labels, observation);
        Assert.Equal(observation.Costs, seen[1].Costs);
    }

    [Fact]
    public void InterruptedAndResumedWithLiveProbes_EndsInTheSameRows()
    {
        var (whole, parts) = (new TrainingNotes(), new TrainingNotes());
        IReadOnlyList<IObserver> Live(TrainingNotes log) => [new ProbeSet(ProbeList.Basic, new ProbeSchedule(5, Plan.Updates - 1), log) { IsLive = true }];
        SmallTrial.Train(whole, Plan, observers: Live(whole));
        using (var stop = new CancellationTokenSource())
        {
            parts.OnProgress = update =>
            {
                if (update == 15)
                    stop.Cancel();
            };
            SmallTrial.Train(parts, Plan, observers: Live(parts), cancellation: stop.Token);
        }
        SmallTrial.Train(parts, Plan, parts.Checkpoints[^1], observers: Live(parts));
        Assert.Equal(whole.Statistics, parts.Statistics);
    }

    [Fact]
    public void AThousandUpdates_AllocateNothingOnAnyThreadAndReadNothingPastThePlan()
    {
        const int from = 1000, updates = 2000;
        var data = new WatchedShapes { ReportFrom = from * Plan.Batch };
        var log = new TrainingNotes();
        var allocated = new long[updates + 1];
        log.OnProgress = update => allocated[update] = GC.GetAllocatedBytesForCurrentThread();
        var network = Network with { Inputs = data.Inputs, Classes = data.Classes.Count };
        using var engine = Engine.Create(network, Plan.Batch, new Sgd(0.01f), 2, KernelChoice.Names[0]);
        var plan = Plan with { Updates = updates, EvaluateEvery = updates, CheckpointEvery = updates };
        var observer = new ProbeSet(ProbeList.Basic, new ProbeSchedule(updates, updates), log);
        var live = new ProbeSet(ProbeList.Basic, new ProbeSchedule(updates, 0), log) { IsLive = true };
        Assert.Equal(TrainingStatus.Done, new Trainer(engine, data, plan, [observer, live], 20, log, TimeProvider.System).Run(null, default).Status);
        // After the last update probes, evaluation and checkpoint are due; before it nothing is.
        Assert.Equal(0, allocated[updates] - allocated[from]);
        Assert.Equal(2, data.Readers.Distinct().Count());
        Assert.Equal(0, data.Last[1] - data.First[1]);
        Assert.Equal(updates * Plan.Batch - 1, data.LargestRead);
    }

    [Fact]
    public void AStreamThatFails_ReachesTheCaller()
    {
        using var engine = Engine.Create(Network, Plan.Batch, new Sgd(0.1f), 3, KernelChoice.Names[0]);
        var trainer = new Trainer(engine, new Corners { Spoilt = 42 }, Plan, [], 20, new TrainingNotes(), TimeProvider.System);
        Assert.Equal("example 42 is spoilt", Assert.Throws<InvalidDataException>(() => trainer.Run(null, default)).Message);
    }

    [Fact]
    public void APlanOfOtherMiniBatches_SaysSo()
    {
        using var engine = Engine.Create(Network, 5, new Sgd(0.1f), 1, "reference");
        var trainer = new Trainer(engine, new Corners(), Plan, [], 20, new TrainingNotes(), TimeProvider.System);
        Assert.Equal("Expected a plan with the engine's mini-batches of 5, got 4. Make both from one setting.",
            Assert.Throws<ArgumentException>(() => trainer.Run(null, default)).Message);
    }

    private sealed class Watcher(long every, List<(long, float[])> seen) : IObserver
    {
        public bool IsLive => true;

        public ObservationNeeds? NeedsAt(long update) => update % every == 0 ? ObservationNeeds.None : null;

        public void Receive(Observation observation) => seen.Add((observation.Update, [.. observation.Costs]));
    }
}
