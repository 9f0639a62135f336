using System.Diagnostics;
using Sonde.Data.Shapeset;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;
using Sonde.Probes;
using Sonde.Records.Leases;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Soak;

/// <summary>Measures how much time recording, checkpoints and leases cost a trial of the paper's network at default settings.</summary>
/// <param name="folder">Where to record: a folder on the disk to be measured.</param>
public sealed class RecordingOverhead(string folder)
{
    // A default trial has five observations and one evaluation between two checkpoints, which are 5,000 updates apart. Here the intervals are shorter, so
    // that one minute has several checkpoints of the same content. Observations and evaluations are due at other updates than checkpoints, so that the time
    // from an update to the end of a save is that of the checkpoint alone.
    private const long DefaultCheckpoint = 5000, DefaultUpdates = 20_000, ProbeEvery = 41;
    private static readonly TrainingPlan Plan = new() { Updates = 2000, EvaluateEvery = 199, CheckpointEvery = 200, EvaluationExamples = 500 };

    /// <summary>Trains and records, and returns the share of training time that recording takes, in words.</summary>
    public string Measure()
    {
        Directory.CreateDirectory(folder);
        var data = new ShapesetDataset(32);
        var network = new Network(
            data.Inputs, [1000, 1000, 1000, 1000, 1000], data.Classes.Count,
            ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);
        using var engine = Engine.Create(network, Plan.Batch, new Sgd(0.01f), Environment.ProcessorCount);
        var leases = new LeaseTaker(TimeProvider.System);
        var (first, second) = (new TimedLog(), new TimedLog());
        Begin(first, "first", engine, leases);
        Checkpoint? last = null;
        first.Saved = checkpoint => last = checkpoint;
        var probes = new ProbeSet(ProbeList.Basic, new(ProbeEvery, Plan.Updates), first);
        new Trainer(engine, data, Plan, [probes], 300, first, TimeProvider.System).Run(null, CancellationToken.None);
        End(first);
        // In a second trial of the same process, the runtime has compiled all code.
        Begin(second, "second", engine, leases);
        second.Save(last! with { Update = 1 }, isScheduled: true);
        second.Milliseconds["save"].Clear();
        End(second);
        return Describe(first, second, 1000 * first.TrainingSeconds / Plan.Updates);
    }

    private void Begin(TimedLog log, string id, IEngine engine, LeaseTaker leases)
    {
        log.Folder = log.Time("open", () => TrialFolder.Open(folder, Manifest(id, engine), leases)!);
        log.Time("resume", () => log.Folder.Resume(engine.Network));
    }

    private static void End(TimedLog log)
    {
        var predictions = Enumerable.Range(0, 10_000).Select(k => new Prediction(k % 9, k % 7)).ToList();
        log.Time("finish", () => log.Folder.Finish(TrialStatus.Done, Plan.Updates, new(1, 2, 3, 4, 5), predictions: predictions));
        log.Time("close", log.Folder.Dispose);
    }

    private static string Describe(TimedLog first, TimedLog second, double updateMilliseconds)
    {
        // The first save includes compiling. The last comes after other work of the last update.
        var saves = first.Milliseconds["save"].Skip(1).SkipLast(1).Order().ToList();
        var rows = first.Milliseconds["row"].Order().SkipLast(10).Sum() / (Plan.Updates / Plan.CheckpointEvery);
        var (period, trial) = (DefaultCheckpoint * updateMilliseconds, DefaultUpdates * updateMilliseconds);
        double Share(TimedLog log) => 100 * (((saves[saves.Count / 2] + rows) / period) + (log.Once / trial));
        return $"""
            update {updateMilliseconds:0.00} ms, {DefaultCheckpoint} of them {period:0} ms
            checkpoint with its parts: median {saves[saves.Count / 2]:0.0} ms of {string.Join(", ", saves.Select(s => $"{s:0}"))}; its rows {rows:0.00} ms
            open, resume, finish and close: {first.Once:0.0} ms in the first trial of a process, which compiles them, {second.Once:0.0} ms in further ones
            share of the training time of {DefaultUpdates} updates: {Share(first):0.00} % in the first trial, {Share(second):0.00} % in further ones
            """;
    }

    private static TrialManifest Manifest(string id, IEngine engine) => new()
    {
        Id = id, Study = "overhead", Seed = 1, Status = TrialStatus.Running, Updates = 0,
        Setting = new Dictionary<string, string> { ["network.hidden"] = "1000x5" },
        Versions = new Dictionary<string, string> { ["kernels"] = engine.Kernels }, Machine = new Dictionary<string, string>(),
    };

    private sealed class TimedLog : ITrainingLog, IProbeLog
    {
        private long updated;

        public TrialFolder Folder { get; set; } = null!;

        public Action<Checkpoint> Saved { get; set; } = _ => { };

        public double TrainingSeconds { get; private set; }

        public Dictionary<string, List<double>> Milliseconds { get; } = [];

        /// <summary>Milliseconds of the steps that a trial has once.</summary>
        public double Once => new[] { "open", "resume", "finish", "close" }.Sum(step => Milliseconds[step].Sum());

        public T Time<T>(string step, Func<T> act)
        {
            var start = Stopwatch.GetTimestamp();
            var result = act();
            Note(step, start);
            return result;
        }

        public void Time(string step, Action act)
        {
            var start = Stopwatch.GetTimestamp();
            act();
            Note(step, start);
        }

        public void Record(CurvePoint point) => Time("row", () => Folder.Add(point));

        public void Record(LayerStatistics row) => Time("row", () => Folder.Add(row));

        public void Record(LayerHistogram row) => Time("row", () => Folder.Add(row));

        public void Save(Checkpoint checkpoint, bool isScheduled)
        {
            Folder.SaveScheduled(checkpoint);
            Note("save", updated);
            Saved(checkpoint);
        }

        public void Progress(long update, double trainingSeconds) => (TrainingSeconds, updated) = (trainingSeconds, Stopwatch.GetTimestamp());

        private void Note(string step, long start)
        {
            var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!Milliseconds.TryGetValue(step, out var all))
                Milliseconds[step] = all = [];
            all.Add(elapsed);
        }
    }
}
