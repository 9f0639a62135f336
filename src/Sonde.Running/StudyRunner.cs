using System.Collections.Concurrent;
using Sonde.Data;
using Sonde.Engines;
using Sonde.Numerics.Checks;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Running.Cores;
using Sonde.Running.Machines;
using Sonde.Running.Trials;
using Sonde.Running.Workloads;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running;

/// <summary>Runs every trial of a study into a run folder. The same study into the same folder resumes. Several processes may do so at once, on one machine
/// or on a shared folder: each takes trials that no other holds, and all end when every trial has.</summary>
public sealed class StudyRunner
{
    private static readonly TimeSpan BetweenChecks = TimeSpan.FromSeconds(1), BetweenReports = TimeSpan.FromSeconds(1);

    private readonly Study study;
    private readonly RunOptions options;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly Dictionary<DatasetSetting, Dataset> datasets = [];
    private readonly ConcurrentBag<Exception> failures = [];
    private readonly ConcurrentDictionary<TrialProgress, bool> taken = [], restless = [], failed = [], noticed = [];

    /// <summary>Prepares a run: opens the data and the run folder, and trains nothing yet.</summary>
    /// <param name="study">The study.</param>
    /// <param name="directory">The run folder; made if there is none.</param>
    /// <param name="options">How to run.</param>
    /// <param name="time">The clock for training seconds.</param>
    /// <param name="notice">Receives sentences for the user, from any thread; may be null.</param>
    /// <exception cref="StudyException">The folder holds another study or other files, or SONDE_KERNELS names no kernels, or there are too few examples to
    /// probe, or a network cannot be pre-trained with its setting.</exception>
    /// <exception cref="DataException">A dataset is missing or broken.</exception>
    public StudyRunner(Study study, string directory, RunOptions options, TimeProvider time, Action<string>? notice = null)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        study = RunDirectory.WithIntervals(directory, study);
        (this.study, this.options, this.time) = (study, options, time);
        this.notice = sentence => Notice(notice, sentence);
        CheckKernels();
        foreach (var setting in study.Trials.Select(t => t.Setting.Data).Distinct())
            datasets[setting] = DatasetList.Open(setting, options.Data);
        foreach (var sentence in datasets.Values.SelectMany(data => data.Account))
            this.notice(sentence);
        foreach (var trial in study.Trials)
            DataRequirements.Check(trial.Setting, datasets[trial.Setting.Data]);
        foreach (var setting in study.Trials.Select(trial => trial.Setting).DistinctBy(Workload.FromSetting))
            MemoryNeed.Check(setting, setting.NetworkOn(datasets[setting.Data]), Math.Min(options.Parallel ?? 1, study.Trials.Count));
        foreach (var mismatch in study.Trials.Select(trial => trial.Setting.NetworkOn(datasets[trial.Setting.Data]).Mismatch).OfType<string>().Distinct())
            this.notice(mismatch);
        foreach (var sentence in study.Trials.Select(trial => ProbedExamples(trial.Setting)).OfType<string>().Distinct())
            this.notice(sentence);
        Run = RunDirectory.Prepare(directory, study, this.notice);
        Leases = new(time, options.TakeOverAfter);
        Trials = [.. study.Trials.Select(trial => new TrialProgress(trial))];
        foreach (var progress in Trials)
            if (Run.FindManifest(progress.Trial.Id) is { } manifest)
                ReadBegun(progress, manifest);
    }

    // The default is larger than some test parts.
    private string? ProbedExamples(TrialSetting setting) => datasets[setting.Data] is var data
        && data.Open(Split.Probe, setting.Seed).Count is { } count && count < setting.Probe.Examples
            ? $"probes observe {count:N0} examples, all test examples of {data.Name}" : null;

    /// <summary>The run folder.</summary>
    public RunFolder Run { get; }

    /// <summary>Takes the right to write a trial, and the right to do what one process at a time should do.</summary>
    public LeaseTaker Leases { get; }

    /// <summary>The progress of each trial, in the study's order; any thread may read it while the study runs.</summary>
    public IReadOnlyList<TrialProgress> Trials { get; }

    /// <summary>The exceptions of trials that failed, with the place in the code.</summary>
    public IReadOnlyCollection<Exception> Failures => failures;

    /// <summary>Trains every trial that is not finished and that no other process holds, and returns when all are finished, also those of other processes.
    /// A trial that fails does not stop the others; its progress has the message.</summary>
    /// <param name="cancellation">Saves every trial that trains here, and returns.</param>
    public void Train(CancellationToken cancellation)
    {
        var waiting = Trials.Where(IsOpen).Select(progress => WorkOf(progress.Trial)).ToList();
        if (waiting.Count == 0)
            return;
        IReadOnlyList<CoreAllocation> Candidates(int trials) =>
            CoreAllocation.Worthwhile(Environment.ProcessorCount, trials, (options.Parallel, options.Threads), waiting);
        var most = Candidates(waiting.Count).Max(candidate => candidate.Parallel);
        var threads = Enumerable.Range(1, most).SelectMany(Candidates).Max(candidate => candidate.Threads);
        var share = new CoreShare(Candidates, time, Tell, announced: most);
        var workers = Enumerable.Range(0, most).Select(_ => new Thread(() => Work(share, threads, cancellation))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
    }

    /// <summary>Trains as <see cref="Train"/> does, on threads of its own.</summary>
    /// <param name="progress">Receives each trial's state when its status changes, and once per second while it trains; may be null.</param>
    /// <param name="cancellation">Saves every trial that trains here, and then cancels the task.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; everything is saved.</exception>
    public async Task RunAsync(IProgress<TrialReport>? progress = null, CancellationToken cancellation = default)
    {
        var work = Task.Factory.StartNew(
            () => Train(cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var reported = new TrialSnapshot?[Trials.Count];
        try
        {
            while (!work.IsCompleted)
            {
                Report(progress, reported);
                await Task.WhenAny(work, Task.Delay(BetweenReports, time, CancellationToken.None)).ConfigureAwait(false);
            }
        }
        finally
        {
            // Also if progress throws: training ends before this method does.
            await work.ConfigureAwait(false);
        }
        Report(progress, reported);
        if (Trials.Any(IsOpen))
            cancellation.ThrowIfCancellationRequested();
    }

    private void Report(IProgress<TrialReport>? progress, TrialSnapshot?[] reported)
    {
        for (var k = 0; progress is not null && k < reported.Length; k++)
        {
            var now = Trials[k].Now;
            if (reported[k] is { } before && before.Status == now.Status && before.Update == now.Update)
                continue;
            reported[k] = now;
            progress.Report(new(Trials[k].Trial.Id, now));
        }
    }

    /// <summary>Refuses a trial that began with other examples: it could neither be continued nor compared with trials of these. Shows one that is
    /// finished, and notes one that is finished but has leftovers.</summary>
    private void ReadBegun(TrialProgress progress, TrialManifest manifest)
    {
        var data = datasets[progress.Trial.Setting.Data];
        if (manifest.Versions.GetValueOrDefault(TrialRunner.DataVersion) is { } before && before != data.Digest)
            throw new StudyException($"{data.Name}: expected the examples that {manifest.Id} began with, SHA-256 {before}, got others, SHA-256 {data.Digest}. "
                + "Restore the files as they were, or run into another folder with --out.");
        if (!progress.IsFinal(manifest))
            return;
        if (Run.IsAtRest(manifest))
            progress.SetFrom(manifest);
        else
            restless[progress] = true;
    }

    private TrialWork WorkOf(Trial trial) => TrialWork.FromSetting(trial.Setting, datasets[trial.Setting.Data]);

    private void Tell(CoreAllocation allocation) =>
        notice($"{study.Name}: {allocation}, which is fastest on this machine (change it with --parallel and --threads)");

    private void Work(CoreShare share, int threads, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested && Trials.Where(IsOpen).ToList() is { Count: > 0 } open)
        {
            var hasWorked = false;
            using (var seat = share.Join())
            {
                var runner = new TrialRunner(study, Run, threads, seat, Leases, time, notice);
                foreach (var progress in open.TakeWhile(_ => !cancellation.IsCancellationRequested).Where(IsOpen))
                    hasWorked |= Take(progress, runner, cancellation);
            }
            // Other threads and processes hold the open trials: they finish them, or this one takes them over.
            if (hasWorked)
                continue;
            foreach (var progress in open.Where(progress => IsOpen(progress) && !taken.ContainsKey(progress) && noticed.TryAdd(progress, true)))
                notice($"{progress.Trial.Id}: {Run.FindWriter(progress.Trial.Id) ?? "another process"} trains it; "
                    + "this process waits, and takes the trial over if that one ends or stops");
            cancellation.WaitHandle.WaitOne(BetweenChecks);
        }
    }

    private bool IsOpen(TrialProgress progress) => !failed.ContainsKey(progress) && !TrialStatus.IsFinished(progress.Now.Status);

    /// <summary>Trains a trial to its end, unless another thread or process holds it.</summary>
    /// <returns>False if another one holds it.</returns>
    private bool Take(TrialProgress progress, TrialRunner runner, CancellationToken cancellation)
    {
        if (!taken.TryAdd(progress, true))
            return false;
        try
        {
            if (!restless.TryRemove(progress, out _) && Run.FindManifest(progress.Trial.Id) is { } manifest && progress.IsFinal(manifest))
            {
                progress.SetFrom(manifest);
                return true;
            }
            return runner.Run(progress, datasets[progress.Trial.Setting.Data], cancellation);
        }
#pragma warning disable CA1031 // No error of one trial may stop the others; its progress and its trial.json say what happened.
        catch (Exception e)
        {
            failures.Add(e);
            failed[progress] = true;
            progress.Change(now => now with { Status = TrialStatus.Failed, Message = FailureText.Of(e) });
            notice($"{progress.Trial.Id}: {FailureText.Of(e)}");
            return true;
        }
#pragma warning restore CA1031
        finally
        {
            taken.TryRemove(progress, out _);
        }
    }

    /// <summary>Passes a sentence on. A log that cannot be written, such as a closed standard error, ends no training.</summary>
    private static void Notice(Action<string>? notice, string sentence)
    {
        try
        {
            notice?.Invoke(sentence);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException or ObjectDisposedException)
        {
            // Nobody reads these sentences; the records say the same.
        }
    }

    private static void CheckKernels()
    {
        if (KernelChoice.Forced is { } forced && !KernelChoice.Names.Contains(forced))
            throw new StudyException($"{KernelChoice.Variable}: expected one of {string.Join(", ", KernelChoice.Names)}, got '{forced}'."
                + $"{NameSuggestion.Hint(forced, KernelChoice.Names)} Correct it, or unset it to have the fastest.");
    }
}
