using Sonde.Data;
using Sonde.Networks;
using Sonde.Numerics;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Tests.Training;

public sealed class TrainerTests
{
    private static readonly Network Network = new(
        6, [5, 5], 3, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);

    private static readonly TrainingPlan Plan = new() { Updates = 50, Batch = 4, Seed = 3, EvaluateEvery = 20, EvaluationExamples = 30, CheckpointEvery = 15 };

    [Fact]
    public void ADoneTrial_RecordsWhatIsDueInOrder()
    {
        var log = new Log();
        Assert.Equal(new(TrainingStatus.Done, 50, null), Train(log, Plan));
        Assert.Equal([0, 20, 20, 40, 40, 50, 50], log.Points.Where(p => p.Split is "train" or "test").Select(p => p.Update));
        Assert.Equal([15, 30, 45, 50], log.Checkpoints.Select(c => c.Update));
        Assert.Equal(50, log.LastProgress);
    }

    [Fact]
    public void Learning_LowersTheCost()
    {
        var log = new Log();
        Train(log, Plan with { Updates = 2000, EvaluateEvery = 2000 }, learningRate: 0.5f);
        var costs = log.Points.Where(p => p.Split == "test").Select(p => p.Cost).ToList();
        Assert.True(costs[^1] < 0.5 * costs[0], $"The cost went from {costs[0]} to {costs[^1]}.");
    }

    public static IEnumerable<TheoryDataRow<string, int>> OptimizersAndStops =>
        from kind in OptimizerList.All from stopAfter in (int[])[1, 15, 37] select new TheoryDataRow<string, int>(kind.Name, stopAfter);

    [Theory, MemberData(nameof(OptimizersAndStops))]
    public void InterruptedAndResumed_EndsInTheSameBitsAndTheSamePoints(string optimizer, int stopAfter)
    {
        var whole = new Log();
        Train(whole, Plan, optimizer: optimizer);
        var parts = new Log();
        using (var stop = new CancellationTokenSource())
        {
            parts.OnProgress = update =>
            {
                if (update == stopAfter)
                    stop.Cancel();
            };
            Assert.Equal(new(TrainingStatus.Interrupted, stopAfter, null), Train(parts, Plan, optimizer: optimizer, cancellation: stop.Token));
        }
        var saved = parts.Checkpoints[^1];
        Assert.Equal(stopAfter, saved.Update);
        Assert.Equal(TrainingStatus.Done, Train(parts, Plan, saved, optimizer: optimizer).Status);
        Assert.Equal(whole.Points, parts.Points);
        AssertSameBits(whole.Checkpoints[^1].Parameters, parts.Checkpoints[^1].Parameters);
    }

    [Fact]
    public void Probes_ChangeNoBitOfTheTraining()
    {
        var (bare, probed) = (new Log(), new Log());
        Train(bare, Plan);
        Train(probed, Plan, observers: [new ProbeSet(ProbeList.All, new ProbeSchedule(1, Plan.Updates), probed)]);
        // The examples themselves have rows at update 0 alone.
        Assert.Equal(51 * 3 * 7 + 4, probed.Rows);
        AssertSameBits(bare.Checkpoints[^1].Parameters, probed.Checkpoints[^1].Parameters);
        Assert.Equal(bare.Points, probed.Points);
    }

    [Fact]
    public void LiveProbes_SeeTheMiniBatchOfTheUpdateThatFollowsAndChangeNoBit()
    {
        var (bare, probed) = (new Log(), new Log());
        var seen = new List<(long Update, float[] Costs)>();
        Train(bare, Plan);
        var probes = new ProbeSet(ProbeList.All, new ProbeSchedule(1, Plan.Updates - 1), probed) { IsLive = true };
        Train(probed, Plan, observers: [new Watcher(every: 20, seen), probes]);
        Assert.Equal(50 * 3 * 7 + 4, probed.Rows);
        AssertSameBits(bare.Checkpoints[^1].Parameters, probed.Checkpoints[^1].Parameters);
        Assert.Equal(bare.Points, probed.Points);
        Assert.Equal([0, 20, 40], seen.Select(s => s.Update));
        // Seen before its own update: the costs are those of the parameters of update 20 on the examples from 80 on.
        var at20 = new Log();
        Train(at20, Plan with { Updates = 20 });
        using var engine = Engines.Create(Network, Plan.Batch, new Sgd(0.1f), 1, "reference");
        engine.Load(at20.Checkpoints[^1].Parameters);
        var (inputs, labels, observation) = (new float[Plan.Batch * 6], new int[Plan.Batch], new Observation(Network, ObservationNeeds.None));
        new Corners().Open(Split.Train, Plan.Seed).Read(20 * Plan.Batch, inputs, labels);
        engine.Observe(inputs, labels, observation);
        Assert.Equal(observation.Costs, seen[1].Costs);
    }

    [Fact]
    public void InterruptedAndResumedWithLiveProbes_EndsInTheSameRows()
    {
        var (whole, parts) = (new Log(), new Log());
        IReadOnlyList<IObserver> Live(Log log) => [new ProbeSet(ProbeList.All, new ProbeSchedule(5, Plan.Updates - 1), log) { IsLive = true }];
        Train(whole, Plan, observers: Live(whole));
        using (var stop = new CancellationTokenSource())
        {
            parts.OnProgress = update =>
            {
                if (update == 15)
                    stop.Cancel();
            };
            Train(parts, Plan, observers: Live(parts), cancellation: stop.Token);
        }
        Train(parts, Plan, parts.Checkpoints[^1], observers: Live(parts));
        Assert.Equal(whole.Statistics, parts.Statistics);
    }

    [Fact]
    public void AnExplodingTrial_StopsAndNamesLayerAndUpdate()
    {
        var outcome = Train(new Log(), Plan with { Updates = 5000 }, learningRate: 1e30f, activation: "relu");
        Assert.Equal(TrainingStatus.Diverged, outcome.Status);
        Assert.Contains("non-finite at update", outcome.Message);
        Assert.Contains("layer", outcome.Message);
        Assert.Contains("smaller learning rate", outcome.Message);
    }

    [Theory]
    [InlineData(50)]
    [InlineData(37)]
    public void NonFiniteParametersBehindAFiniteCost_AreFoundBeforeTheNextCheckpointAndNeverSaved(int poisonedAt)
    {
        var log = new Log();
        using var engine = new PoisonedEngine(Network, Plan.Batch, poisonedAt, layer: 2);
        var outcome = new Trainer(engine, new Corners(), Plan, [], 20, log, TimeProvider.System).Run(null, CancellationToken.None);
        var found = poisonedAt == 50 ? 50 : 45;
        Assert.Equal(new(TrainingStatus.Diverged, found, Layer2BrokeAt(found)), outcome);
        Assert.Equal(poisonedAt == 50 ? [15, 30, 45] : [15, 30], log.Checkpoints.Select(c => c.Update));
        Assert.All(log.Checkpoints.SelectMany(c => c.Parameters.Layers), layer => Assert.All(layer.Weights, w => Assert.True(float.IsFinite(w))));
    }

    [Fact]
    public void LookingAfterEveryUpdate_NamesTheUpdateAtWhichParametersBecameNonFinite()
    {
        var log = new Log();
        using var engine = new PoisonedEngine(Network, Plan.Batch, 37, layer: 2);
        var outcome = new Trainer(engine, new Corners(), Plan, [], 20, log, TimeProvider.System).Run(null, CancellationToken.None, checkEveryUpdate: true);
        Assert.Equal(new(TrainingStatus.Diverged, 37, Layer2BrokeAt(37)), outcome);
        Assert.Equal([0, 20], log.Points.Where(p => p.Split == "test").Select(p => p.Update));
    }

    [Fact]
    public void InterruptedWithNonFiniteParameters_SavesNothingAndSaysSo()
    {
        var log = new Log();
        using var stop = new CancellationTokenSource();
        log.OnProgress = update =>
        {
            if (update == 40)
                stop.Cancel();
        };
        using var engine = new PoisonedEngine(Network, Plan.Batch, 37, layer: 1);
        var outcome = new Trainer(engine, new Corners(), Plan, [], 20, log, TimeProvider.System).Run(null, stop.Token);
        Assert.Equal((TrainingStatus.Diverged, 40L), (outcome.Status, outcome.Update));
        Assert.Equal([15, 30], log.Checkpoints.Select(c => c.Update));
    }

    [Fact]
    public void LookingAfterEveryUpdate_NamesThePreactivationsThatOverflowedInsteadOfTheWeightsTheyBroke()
    {
        var log = new Log();
        var outcome = Train(log, Plan with { Updates = 5000 }, learningRate: 1e20f, activation: "relu", checkEveryUpdate: true);
        Assert.Equal(TrainingStatus.Diverged, outcome.Status);
        Assert.Matches("^pre-activations of layer [123] became non-finite at update [0-9]+;", outcome.Message);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void OneNonFiniteParameterAnywhere_IsFound(float value)
    {
        var parameters = Parameters.Empty(Network);
        foreach (var (layer, index) in parameters.Layers.Select((layer, index) => (layer, index)))
            foreach (var (values, name) in new[] { (layer.Weights, "weights"), (layer.Biases, "biases") })
                for (var at = 0; at < values.Length; at++)
                {
                    values[at] = value;
                    Assert.StartsWith($"{name} of layer {index + 1} ", Divergence.InParameters(parameters, 1), StringComparison.Ordinal);
                    values[at] = at % 2 == 0 ? float.MaxValue : -float.MaxValue;
                }
        Assert.Null(Divergence.InParameters(parameters, 1));
    }

    [Fact]
    public void ANonFiniteInput_IsNamedAsTheCause()
    {
        var outcome = Train(new Log(), Plan, data: new Corners { Poisoned = 9 });
        Assert.Equal(new(TrainingStatus.Diverged, 2, "input 0 of example 1 of the mini-batch is NaN at update 2"), outcome);
    }

    [Fact]
    public void AThousandUpdates_AllocateNothingOnAnyThreadAndReadNothingPastThePlan()
    {
        const int from = 1000, updates = 2000;
        var data = new Watched { ReportFrom = from * Plan.Batch };
        var log = new Log();
        var allocated = new long[updates + 1];
        log.OnProgress = update => allocated[update] = GC.GetAllocatedBytesForCurrentThread();
        var network = Network with { Inputs = data.Inputs, Classes = data.Classes.Count };
        using var engine = Engines.Create(network, Plan.Batch, new Sgd(0.01f), 2, Engines.Available[0]);
        var plan = Plan with { Updates = updates, EvaluateEvery = updates, CheckpointEvery = updates };
        var observer = new ProbeSet(ProbeList.All, new ProbeSchedule(updates, updates), log);
        var live = new ProbeSet(ProbeList.All, new ProbeSchedule(updates, 0), log) { IsLive = true };
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
        using var engine = Engines.Create(Network, Plan.Batch, new Sgd(0.1f), 3, Engines.Available[0]);
        var trainer = new Trainer(engine, new Corners { Spoilt = 42 }, Plan, [], 20, new Log(), TimeProvider.System);
        Assert.Equal("example 42 is spoilt", Assert.Throws<InvalidDataException>(() => trainer.Run(null, default)).Message);
    }

    [Fact]
    public void APlanOfOtherMiniBatches_SaysSo()
    {
        using var engine = Engines.Create(Network, 5, new Sgd(0.1f), 1, "reference");
        var trainer = new Trainer(engine, new Corners(), Plan, [], 20, new Log(), TimeProvider.System);
        Assert.Equal("Expected a plan with the engine's mini-batches of 5, got 4. Make both of one setting.",
            Assert.Throws<ArgumentException>(() => trainer.Run(null, default)).Message);
    }

    private static string Layer2BrokeAt(long update) =>
        $"weights of layer 2 became non-finite at update {update}; a smaller learning rate may keep them finite";

    private static TrainingOutcome Train(
        Log log, TrainingPlan plan, Checkpoint? from = null, float learningRate = 0.1f, IReadOnlyList<IObserver>? observers = null,
        Dataset? data = null, string activation = "tanh", bool checkEveryUpdate = false, string optimizer = "sgd",
        CancellationToken cancellation = default)
    {
        var rule = OptimizerList.Find(optimizer)!.Make(learningRate, new Dictionary<string, float>());
        using var engine = Engines.Create(Network with { Activation = ActivationList.Find(activation)! }, plan.Batch, rule, 1, "reference");
        return new Trainer(engine, data ?? new Corners(), plan, observers ?? [], 20, log, TimeProvider.System).Run(from, cancellation, checkEveryUpdate);
    }

    private static void AssertSameBits(Parameters expected, Parameters actual)
    {
        foreach (var (left, right) in expected.Layers.Zip(actual.Layers))
        {
            Assert.Equal(left.Weights, right.Weights);
            Assert.Equal(left.Biases, right.Biases);
        }
    }

    /// <summary>Six normal numbers, labelled by which of three pairs has the largest sum.</summary>
    private sealed class Corners : Dataset
    {
        public long Poisoned { get; init; } = -1;

        public long Spoilt { get; init; } = -1;

        public override string Name => "corners";

        public override ImageShape Shape => new(1, 1, 6);

        public override IReadOnlyList<string> Classes => ["first", "second", "third"];

        public override ExampleStream Open(Split split, ulong seed) =>
            new Examples(new RandomKey(split == Split.Train ? seed : 1, $"corners/{split}"), Poisoned, split == Split.Train ? Spoilt : -1);

        private sealed class Examples(RandomKey key, long poisoned, long spoilt) : ExampleStream
        {
            public override int Inputs => 6;

            public override long? Count => null;

            public override void Read(long first, Span<float> inputs, Span<int> labels)
            {
                CheckShape(inputs, labels);
                for (var n = 0; n < labels.Length; n++)
                {
                    if (first + n == spoilt)
                        throw new InvalidDataException($"example {spoilt} is spoilt");
                    var random = key.Stream((ulong)(first + n));
                    var x = inputs.Slice(n * Inputs, Inputs);
                    foreach (ref var value in x)
                        value = (float)random.NextGaussian();
                    float[] sums = [x[0] + x[1], x[2] + x[3], x[4] + x[5]];
                    labels[n] = Array.IndexOf(sums, sums.Max());
                    if (first + n == poisoned)
                        x[0] = float.NaN;
                }
            }
        }
    }

    /// <summary>Small images that note who reads them, and what each of two readers had allocated at its first and its last reading.</summary>
    private sealed class Watched : Dataset
    {
        private readonly Shapeset images = new(16);

        public long ReportFrom { get; init; }

        public int[] Readers { get; } = new int[2];

        public long[] First { get; } = new long[2];

        public long[] Last { get; } = new long[2];

        public long LargestRead { get; private set; }

        public override string Name => "watched";

        public override ImageShape Shape => images.Shape;

        public override IReadOnlyList<string> Classes => images.Classes;

        public override ExampleStream Open(Split split, ulong seed) =>
            split == Split.Train ? new Stream(this, images.Open(split, seed)) : images.Open(split, seed);

        // One of two threads reads the even examples of a mini-batch of four, the other one the odd ones.
        private sealed class Stream(Watched watched, ExampleStream images) : ExampleStream
        {
            public override int Inputs => images.Inputs;

            public override long? Count => images.Count;

            public override void Read(long first, Span<float> inputs, Span<int> labels)
            {
                images.Read(first, inputs, labels);
                var reader = first % 2;
                watched.Readers[reader] = Environment.CurrentManagedThreadId;
                watched.Last[reader] = GC.GetAllocatedBytesForCurrentThread();
                if (first < watched.ReportFrom)
                    watched.First[reader] = watched.Last[reader];
                if (reader == 1)
                    watched.LargestRead = Math.Max(watched.LargestRead, first + labels.Length - 1);
            }
        }
    }

    /// <summary>An engine whose weights become infinite at one update while its cost stays finite, as in a layer whose units saturate.</summary>
    private sealed class PoisonedEngine(Network network, int batch, int poisonedAt, int layer) : IEngine
    {
        private readonly Parameters parameters = Parameters.Empty(network);
        private int updates;

        public Network Network => network;

        public int Batch => batch;

        public string Kernels => "poisoned";

        public OptimizerState NewState() => new(network, []);

        public void Load(Parameters from, OptimizerState? state = null)
        {
        }

        public void Save(Parameters to, OptimizerState? state = null)
        {
            foreach (var (source, target) in parameters.Layers.Zip(to.Layers))
                source.Weights.CopyTo(target.Weights, 0);
        }

        public BatchResult Update(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation? observation = null)
        {
            if (++updates == poisonedAt)
                parameters.Layers[layer - 1].Weights[^1] = float.PositiveInfinity;
            return new(1, 0);
        }

        public BatchResult Update(ExampleStream examples, long first, Observation? observation = null) => Update([], [], observation);

        public BatchResult Observe(ReadOnlySpan<float> inputs, ReadOnlySpan<int> labels, Observation observation) => new(1, 0);

        public void Dispose()
        {
        }
    }

    private sealed class Watcher(long every, List<(long, float[])> seen) : IObserver
    {
        public bool IsLive => true;

        public ObservationNeeds? NeedsAt(long update) => update % every == 0 ? ObservationNeeds.None : null;

        public void Take(Observation observation) => seen.Add((observation.Update, [.. observation.Costs]));
    }

    private sealed class Log : ITrainingLog, IProbeLog
    {
        public List<CurvePoint> Points { get; } = [];

        public List<Checkpoint> Checkpoints { get; } = [];

        public List<LayerStatistics> Statistics { get; } = [];

        public int Rows => Statistics.Count;

        public long LastProgress { get; private set; }

        public Action<long> OnProgress { get; set; } = _ => { };

        public void Record(CurvePoint point) => Points.Add(point);

        public void Save(Checkpoint checkpoint, bool isScheduled) => Checkpoints.Add(checkpoint with
        {
            Parameters = new([.. checkpoint.Parameters.Layers.Select(l => l with { Weights = [.. l.Weights], Biases = [.. l.Biases] })]),
            OptimizerState = checkpoint.OptimizerState.CopyTo(new(Network, checkpoint.OptimizerState.Names)),
        });

        public void Progress(long update, double trainingSeconds)
        {
            LastProgress = update;
            OnProgress(update);
        }

        public void Record(LayerStatistics row) => Statistics.Add(row);

        public void Record(LayerHistogram row)
        {
        }
    }
}
