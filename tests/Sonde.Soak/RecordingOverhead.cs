using System.Diagnostics;
using Sonde.Data;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records;
using Sonde.Training;

namespace Sonde.Soak;

/// <summary>What recording, checkpointing and claiming cost a trial of the paper's network at default settings.</summary>
/// <param name="folder">Where to record: on the disk that is asked about.</param>
public sealed class RecordingOverhead(string folder)
{
    // A default trial looks five times and evaluates once between two checkpoints, 5,000 updates apart. Here they lie closer, so that
    // several are seen in a minute; what each holds is the same. Looks and evaluations are due at other updates than checkpoints, so that the time from
    // an update to the end of a save is the checkpoint's alone.
    private const long DefaultCheckpoint = 5000, DefaultUpdates = 20_000, ProbeEvery = 41;
    private static readonly TrainingPlan Plan = new() { Updates = 2000, EvaluateEvery = 199, CheckpointEvery = 200, EvaluationExamples = 500 };

    /// <summary>Trains, records, and says what share of training time recording takes.</summary>
    public string Measure()
    {
        var data = new Shapeset(32);
        var network = new Network(
            data.Inputs, [1000, 1000, 1000, 1000, 1000], data.Classes.Count,
            ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);
        using var engine = Engines.Create(network, Plan.Batch, new Sgd(0.01f), Environment.ProcessorCount);
        var log = new TimedLog();
        var claims = new Claims(TimeProvider.System);
        log.Folder = log.Time("open", () => TrialFolder.Open(folder, Manifest(engine), claims)!);
        log.Time("resume", () => log.Folder.Resume(network));
        var probes = new ProbeSet(ProbeList.All, new(ProbeEvery, Plan.Updates), log);
        new Trainer(engine, data, Plan, [probes], 300, log, TimeProvider.System).Run(null, CancellationToken.None);
        var predictions = Enumerable.Range(0, 10_000).Select(k => new Prediction(k % 9, k % 7)).ToList();
        log.Time("finish", () => { log.Folder.Finish(TrialStatus.Done, Plan.Updates, new(1, 2, 3, 4, 5), predictions: predictions); return 0; });
        log.Time("close", () => { log.Folder.Dispose(); return 0; });
        return Describe(log, 1000 * log.TrainingSeconds / Plan.Updates);
    }

    private static string Describe(TimedLog log, double updateMilliseconds)
    {
        // The first save compiles what it runs; before the last one all else is due.
        var saves = log.Milliseconds["save"].Skip(1).SkipLast(1).Order().ToList();
        var (save, worst) = (saves[saves.Count / 2], saves[^1]);
        var rows = log.Milliseconds["row"].Order().SkipLast(10).Sum() / (Plan.Updates / Plan.CheckpointEvery);
        string[] steps = ["open", "resume", "finish", "close"];
        var once = steps.Sum(step => log.Milliseconds[step].Sum());
        var (period, trial) = (DefaultCheckpoint * updateMilliseconds, DefaultUpdates * updateMilliseconds);
        var share = ((save + rows) / period) + (once / trial);
        return $"""
            update {updateMilliseconds:0.00} ms, {DefaultCheckpoint} of them {period:0} ms
            checkpoint with its parts: median {save:0.0} ms, worst {worst:0.0} ms; rows {rows:0.00} ms; {string.Join(", ", saves.Select(s => $"{s:0}"))}
            once a trial: {string.Join(", ", steps.Select(step => $"{step} {log.Milliseconds[step].Sum():0.0} ms"))}
            recording, checkpointing and claiming: {100 * share:0.00} % of the training time of a trial of {DefaultUpdates} updates
            """;
    }

    private static TrialManifest Manifest(IEngine engine) => new()
    {
        Id = "overhead", Study = "overhead", Seed = 1, Status = TrialStatus.Running, Updates = 0,
        Setting = new Dictionary<string, string> { ["network.hidden"] = "1000x5" },
        Versions = new Dictionary<string, string> { ["kernels"] = engine.Kernels }, Machine = new Dictionary<string, string>(),
    };

    private sealed class TimedLog : ITrainingLog, IProbeLog
    {
        private long updated;

        public TrialFolder Folder { get; set; } = null!;

        public double TrainingSeconds { get; private set; }

        public Dictionary<string, List<double>> Milliseconds { get; } = new() { ["row"] = [] };

        public T Time<T>(string step, Func<T> act)
        {
            var start = Stopwatch.GetTimestamp();
            var result = act();
            Note(step, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            return result;
        }

        private void Note(string step, double milliseconds)
        {
            if (!Milliseconds.TryGetValue(step, out var all))
                Milliseconds[step] = all = [];
            all.Add(milliseconds);
        }

        public void Record(CurvePoint point) => Time("row", () => { Folder.Add(point); return 0; });

        public void Record(LayerStatistics row) => Time("row", () => { Folder.Add(row); return 0; });

        public void Record(LayerHistogram row) => Time("row", () => { Folder.Add(row); return 0; });

        public void Save(Checkpoint checkpoint, bool isScheduled)
        {
            Folder.SaveScheduled(checkpoint);
            Note("save", Stopwatch.GetElapsedTime(updated).TotalMilliseconds);
        }

        public void Progress(long update, double trainingSeconds) => (TrainingSeconds, updated) = (trainingSeconds, Stopwatch.GetTimestamp());
    }
}
