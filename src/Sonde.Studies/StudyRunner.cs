using System.Collections.Concurrent;
using Sonde.Data;
using Sonde.Records;
using Sonde.Studies.Running;
using Sonde.Training;

namespace Sonde.Studies;

/// <summary>Runs every trial of a study into a run folder; the same study into the same folder goes on where it stopped.</summary>
public sealed class StudyRunner
{
    private readonly Study study;
    private readonly RunOptions options;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly Dictionary<DatasetSetting, Dataset> datasets = [];
    private readonly ConcurrentBag<Exception> failures = [];

    /// <summary>Prepares a run: opens the data and the run folder, and trains nothing yet.</summary>
    /// <param name="study">The study.</param>
    /// <param name="directory">The run folder; made where it is missing.</param>
    /// <param name="options">How to run.</param>
    /// <param name="time">The clock for training seconds.</param>
    /// <param name="notice">Receives what the user should know, in sentences, from any thread; may be null.</param>
    /// <exception cref="StudyException">The run folder belongs to another study, or is no run folder, or SONDE_KERNELS names no kernels, or there are too few
    /// examples to probe.</exception>
    /// <exception cref="DataException">A dataset is missing or broken.</exception>
    public StudyRunner(Study study, string directory, RunOptions options, TimeProvider time, Action<string>? notice = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(options);
        (this.study, this.options, this.time, this.notice) = (study, options, time, notice ?? (_ => { }));
        CheckKernels();
        foreach (var setting in study.Trials.Select(t => t.Setting.Data).Distinct())
            datasets[setting] = DatasetList.Open(setting, options.Data);
        foreach (var sentence in datasets.Values.SelectMany(data => data.Account))
            this.notice(sentence);
        foreach (var trial in study.Trials)
            CheckProbes(trial.Setting, datasets[trial.Setting.Data]);
        Run = RunDirectory.Prepare(directory, study);
        Trials = [.. study.Trials.Select(trial => new TrialProgress(trial))];
        foreach (var progress in Trials.Where(p => Run.Trials.Contains(p.Trial.Id)))
        {
            var manifest = Run.ReadManifest(progress.Trial.Id);
            if (TrialStatus.IsFinished(manifest.Status))
                TrialRunner.Show(progress, manifest);
        }
    }

    /// <summary>The run folder.</summary>
    public RunFolder Run { get; }

    /// <summary>How far each trial is, in the study's order; to be read while it runs.</summary>
    public IReadOnlyList<TrialProgress> Trials { get; }

    /// <summary>What stopped trials that failed, for whoever looks for the place in the code.</summary>
    public IReadOnlyCollection<Exception> Failures => failures;

    /// <summary>Trains every trial that is not finished. A trial that fails does not stop the others; its message stands in its progress.</summary>
    /// <param name="cancellation">Saves every trial under way and returns.</param>
    public void Train(CancellationToken cancellation)
    {
        var waiting = new ConcurrentQueue<TrialProgress>(Trials.Where(p => !TrialStatus.IsFinished(p.Now.Status)));
        var packing = Pack([.. waiting.Select(progress => progress.Trial)]);
        var workers = Enumerable.Range(0, packing.Parallel).Select(_ => new Thread(() => Work(waiting, packing, cancellation))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        // What one trial cannot help, such as a folder that another process writes, is told as it is.
        if (failures.OfType<RecordException>().FirstOrDefault() is { } broken)
            throw new RecordException(broken.Message, broken);
    }

    private Packing Pack(IReadOnlyList<Trial> waiting)
    {
        var cores = Environment.ProcessorCount;
        if (waiting.Count == 0 || options.Parallel is not null || options.Threads is not null)
            return new(options.Parallel ?? 1, options.Threads ?? Math.Max(1, cores / (options.Parallel ?? 1)));
        var measurement = waiting.Select(trial => new PackingMeasurement(trial.Setting, datasets[trial.Setting.Data], time)).MaxBy(m => m.Work)!;
        if (measurement.Work * waiting.Count < PackingMeasurement.WorthMeasuring)
            return new(1, Math.Min(cores, measurement.UsefulThreads));
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
        var packing = Packing.Fastest(
            Packing.Candidates(cores, waiting.Count).Where((candidate, k) => k == 0 || candidate.Parallel * measurement.Bytes < memory), measurement.UpdatesPerSecond);
        notice($"{study.Name}: {packing}, the fastest way here (--parallel and --threads say otherwise)");
        return packing;
    }

    private void Work(ConcurrentQueue<TrialProgress> waiting, Packing packing, CancellationToken cancellation)
    {
        var runner = new TrialRunner(study, Run, packing.Threads, time, notice);
        while (!cancellation.IsCancellationRequested && waiting.TryDequeue(out var progress))
        {
            try
            {
                runner.Run(progress, datasets[progress.Trial.Setting.Data], cancellation);
            }
#pragma warning disable CA1031 // Whatever stops one trial must not stop the others; it is told in its row and its trial.json.
            catch (Exception e)
            {
                failures.Add(e);
                progress.Change(now => now with { Status = TrialStatus.Failed, Message = e.Message });
                notice($"{progress.Trial.Id}: {e.Message}");
            }
#pragma warning restore CA1031
        }
    }

    private static void CheckProbes(TrialSetting setting, Dataset data)
    {
        if (data.Open(Split.Probe, setting.Seed).Count is { } count && count < setting.ProbeExamples)
            throw new StudyException($"probe.examples: expected at most {count}, as many test examples as {data.Name} has, got {setting.ProbeExamples}. "
                + "Probe fewer, or set more aside for the test.");
    }

    private static void CheckKernels()
    {
        var forced = Environment.GetEnvironmentVariable(Engines.Variable);
        if (!string.IsNullOrEmpty(forced) && !Engines.Available.Contains(forced))
            throw new StudyException($"{Engines.Variable}: expected one of {string.Join(", ", Engines.Available)}, got '{forced}'."
                + $"{Nearest.Hint(forced, Engines.Available)} Correct it, or unset it to have the fastest.");
    }
}
