using System.Collections.Concurrent;
using Sonde.Data;
using Sonde.Engines;
using Sonde.Pretraining;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Running.Cores;
using Sonde.Running.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;
using Sonde.Studies.Fields;

namespace Sonde.Running;

/// <summary>Runs every trial of a study into a run folder; the same study into the same folder goes on where it stopped. Several processes may do so
/// at once, on one machine or on a shared folder: each takes the trials that no other holds, and all end when every trial has.</summary>
public sealed class StudyRunner
{
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(1);

    private readonly Study study;
    private readonly RunOptions options;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly Dictionary<DatasetSetting, Dataset> datasets = [];
    private readonly ConcurrentBag<Exception> failures = [];
    private readonly ConcurrentDictionary<TrialProgress, bool> taken = [], restless = [], failed = [], noticed = [];

    /// <summary>Prepares a run: opens the data and the run folder, and trains nothing yet.</summary>
    /// <param name="study">The study.</param>
    /// <param name="directory">The run folder; made where it is missing.</param>
    /// <param name="options">How to run.</param>
    /// <param name="time">The clock for training seconds.</param>
    /// <param name="notice">Receives what the user should know, in sentences, from any thread; may be null.</param>
    /// <exception cref="StudyException">The run folder belongs to another study, or is no run folder, or SONDE_KERNELS names no kernels, or there are too few
    /// examples to probe, or a network cannot be pre-trained as it says.</exception>
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
            CheckData(trial.Setting, datasets[trial.Setting.Data]);
        Run = RunDirectory.Prepare(directory, study, this.notice);
        foreach (var trial in study.Trials)
            CheckData(trial, datasets[trial.Setting.Data]);
        Leases = new(time, options.TakeOverAfter);
        Trials = [.. study.Trials.Select(trial => new TrialProgress(trial))];
        foreach (var progress in Trials.Where(progress => Run.FindManifest(progress.Trial.Id) is { } manifest && TrialStatus.IsFinished(manifest.Status)))
        {
            if (Run.IsAtRest(progress.Trial.Id))
                TrialRunner.Show(progress, Run.FindManifest(progress.Trial.Id));
            else
                restless[progress] = true;
        }
    }

    /// <summary>The run folder.</summary>
    public RunFolder Run { get; }

    /// <summary>Takes trials, and turns at what only one process should do.</summary>
    public LeaseTaker Leases { get; }

    /// <summary>How far each trial is, in the study's order; to be read while it runs.</summary>
    public IReadOnlyList<TrialProgress> Trials { get; }

    /// <summary>What stopped trials that failed, for whoever looks for the place in the code.</summary>
    public IReadOnlyCollection<Exception> Failures => failures;

    /// <summary>Trains every trial that is not finished and that no other process holds; returns when all are finished, wherever they were trained. A trial
    /// that fails does not stop the others; its message stands in its progress.</summary>
    /// <param name="cancellation">Saves every trial under way and returns.</param>
    public void Train(CancellationToken cancellation)
    {
        var allocation = Allocate([.. Trials.Where(IsOpen).Select(progress => progress.Trial)]);
        var workers = Enumerable.Range(0, allocation.Parallel).Select(_ => new Thread(() => Work(allocation, cancellation))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
    }

    private CoreAllocation Allocate(IReadOnlyList<Trial> waiting)
    {
        var cores = Environment.ProcessorCount;
        if (waiting.Count == 0 || options.Parallel is not null || options.Threads is not null)
            return new(options.Parallel ?? 1, options.Threads ?? Math.Max(1, cores / (options.Parallel ?? 1)));
        var measurement = waiting.Select(trial => new CoreAllocationMeasurement(trial.Setting, datasets[trial.Setting.Data], time)).MaxBy(m => m.Work)!;
        if (measurement.Work * waiting.Count < CoreAllocationMeasurement.WorthMeasuring)
            return new(1, Math.Min(cores, measurement.UsefulThreads));
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4;
        var allocation = CoreAllocation.Fastest(
            CoreAllocation.Candidates(cores, waiting.Count).Where((candidate, k) => k == 0 || candidate.Parallel * measurement.Bytes < memory),
                measurement.UpdatesPerSecond);
        notice($"{study.Name}: {allocation}, the fastest way here (--parallel and --threads say otherwise)");
        return allocation;
    }

    private void Work(CoreAllocation allocation, CancellationToken cancellation)
    {
        var runner = new TrialRunner(study, Run, allocation.Threads, Leases, time, notice);
        while (!cancellation.IsCancellationRequested && Trials.Where(IsOpen).ToList() is { Count: > 0 } open)
        {
            var hasWorked = false;
            foreach (var progress in open.TakeWhile(_ => !cancellation.IsCancellationRequested).Where(IsOpen))
                hasWorked |= Take(progress, runner, cancellation);
            // What is left is in other hands: they finish it, or it is taken over.
            if (hasWorked)
                continue;
            foreach (var progress in open.Where(progress => IsOpen(progress) && !taken.ContainsKey(progress) && noticed.TryAdd(progress, true)))
                notice($"{progress.Trial.Id}: is in the hands of {Run.FindWriter(progress.Trial.Id) ?? "another process"}; "
                    + "this process waits, and takes it over should that one end or stop");
            cancellation.WaitHandle.WaitOne(BetweenChecks);
        }
    }

    private bool IsOpen(TrialProgress progress) => !failed.ContainsKey(progress) && !TrialStatus.IsFinished(progress.Now.Status);

    /// <summary>Brings a trial to its end, if that is for this thread to do.</summary>
    /// <returns>False where another thread or process holds it.</returns>
    private bool Take(TrialProgress progress, TrialRunner runner, CancellationToken cancellation)
    {
        if (!taken.TryAdd(progress, true))
            return false;
        try
        {
            if (!restless.TryRemove(progress, out _) && Run.FindManifest(progress.Trial.Id) is { } manifest && TrialStatus.IsFinished(manifest.Status))
            {
                TrialRunner.Show(progress, manifest);
                return true;
            }
            return runner.Run(progress, datasets[progress.Trial.Setting.Data], cancellation);
        }
#pragma warning disable CA1031 // Whatever stops one trial must not stop the others; it is in its row and its trial.json.
        catch (Exception e)
        {
            failures.Add(e);
            failed[progress] = true;
            progress.Change(now => now with { Status = TrialStatus.Failed, Message = e.Message });
            notice($"{progress.Trial.Id}: {e.Message}");
            return true;
        }
#pragma warning restore CA1031
        finally
        {
            taken.TryRemove(progress, out _);
        }
    }

    /// <summary>Whether a trial can be had on its data.</summary>
    internal static void CheckData(TrialSetting setting, Dataset data)
    {
        if (setting.Pretraining is { } plan
            && new PretrainingSetting(setting.NetworkOn(data), setting.Plan.Batch, plan, data.InputRange, setting.Seed).Obstacle() is { } obstacle)
            throw new StudyException($"{SettingField.Pretraining}: expected {obstacle}");
        if (data.Open(Split.Probe, setting.Seed).Count is { } count && count < setting.Probe.Examples)
            throw new StudyException($"probe.examples: expected at most {count}, as many test examples as {data.Name} has, got {setting.Probe.Examples}. "
                + "Probe fewer, or set more aside for the test.");
    }

    /// <summary>A trial that was begun with other examples is neither continued nor shown beside trials of these.</summary>
    private void CheckData(Trial trial, Dataset data)
    {
        if (Run.FindManifest(trial.Id)?.Versions.GetValueOrDefault(TrialRunner.DataVersion) is { } before && before != data.Digest)
            throw new StudyException($"{data.Name}: expected the examples that {trial.Id} was begun with, SHA-256 {before}, got others, SHA-256 {data.Digest}. "
                + "Bring the files back as they were, or run into another folder with --out.");
    }

    private static void CheckKernels()
    {
        if (KernelChoice.Forced is { } forced && !KernelChoice.Names.Contains(forced))
            throw new StudyException($"{KernelChoice.Variable}: expected one of {string.Join(", ", KernelChoice.Names)}, got '{forced}'."
                + $"{NameSuggestion.Hint(forced, KernelChoice.Names)} Correct it, or unset it to have the fastest.");
    }
}
