using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Sonde.Analysis.Contents;
using Sonde.Data;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Trials;
using Sonde.Running.Cores;
using Sonde.Running.Machines;
using Sonde.Running.Searching;
using Sonde.Running.Trials;
using Sonde.Studies;
using Sonde.Studies.Errors;

namespace Sonde.Running;

/// <summary>Runs every trial of a study into a run folder. The same study into the same folder resumes. Several processes may do so at once, on one machine
/// or on a shared folder: each takes trials that no other holds, and all end when every trial has.</summary>
public sealed class StudyRunner
{
    // A worker that finds nothing to train looks at this many trials, then waits: a thousand workers that looked at thousands of trials each second would
    // keep a shared disk busy.
    private const int LooksInVain = 32;
    private const double WaitGrowth = 1.1;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(10), BetweenReports = TimeSpan.FromSeconds(1);

    private readonly Study study;
    private readonly RunOptions options;
    private readonly TimeProvider time;
    private readonly Action<string> notice;
    private readonly StudyData data;
    private readonly DataMeasurements measurements = new();
    private readonly TrialSearch? search;
    private readonly TrialEnds ends = new();
    private readonly ConcurrentBag<Exception> failures = [];
    private readonly ConcurrentDictionary<TrialProgress, bool> taken = [], restless = [], failed = [], noticed = [];

    /// <summary>Prepares a run: opens the data and the run folder, and trains nothing yet.</summary>
    /// <param name="study">The study.</param>
    /// <param name="directory">The run folder; made if there is none.</param>
    /// <param name="options">How to run.</param>
    /// <param name="time">The clock for training seconds.</param>
    /// <param name="notice">Receives sentences for the user, from any thread; may be null.</param>
    /// <exception cref="StudyException">The folder holds another study or other files, or SONDE_KERNELS or SONDE_PIN has an unknown word, or there are too
    /// few examples to probe, or a network cannot be pre-trained with its setting, or a file of weights is missing or another than before.</exception>
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
        ForcedKernels.Check();
        CoreClaim.Check();
        data = new(study, options, this.notice);
        Run = RunDirectory.Prepare(directory, study, this.notice);
        Leases = new(time, options.TakeOverAfter);
        Trials = [.. study.Trials.Select(trial => new TrialProgress(trial))];
        search = study.Search is { } competing ? new(competing, Trials, Run.FindManifest) : null;
        Places = (search?.Order ?? Trials).Select((progress, place) => (progress, place)).ToDictionary(p => p.progress, p => p.place);
        foreach (var (progress, manifest, isAtRest) in ReadAllBegun())
            ReadBegun(progress, manifest, isAtRest);
    }

    /// <summary>Reads the trials that have begun, and asks of those that are finished whether nothing is left to do, on all cores: a folder may have ten
    /// thousand.</summary>
    private List<(TrialProgress Progress, TrialManifest Manifest, bool IsAtRest)> ReadAllBegun()
    {
        var manifests = RunContents.Read(Run).ToDictionary(trial => trial.Id, trial => trial.Manifest);
        // A process that was stopped while it finished a trial leaves its lease there. To read all tables of ten thousand trials takes half a minute.
        var checksTables = options.ChecksFinished || Trials.Count <= options.MostChecked;
        bool IsAtRest(TrialManifest manifest) => checksTables ? Run.IsAtRest(manifest) : Run.FindWriter(manifest.Id) is null;
        try
        {
            return [.. Trials.AsParallel().AsOrdered().Select(progress => (Progress: progress, Manifest: manifests.GetValueOrDefault(progress.Trial.Id)))
                .Where(begun => begun.Manifest is not null)
                .Select(begun => (begun.Progress, begun.Manifest!, begun.Progress.IsFinal(begun.Manifest!) && IsAtRest(begun.Manifest!)))];
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            throw;
        }
    }

    /// <summary>The run folder.</summary>
    public RunFolder Run { get; }

    /// <summary>Takes the right to write a trial, and the right to do what one process at a time should do.</summary>
    public LeaseTaker Leases { get; }

    /// <summary>The progress of each trial, in the study's order; any thread may read it while the study runs.</summary>
    public IReadOnlyList<TrialProgress> Trials { get; }

    private Dictionary<TrialProgress, int> Places { get; }

    /// <summary>The exceptions of trials that failed, with the place in the code.</summary>
    public IReadOnlyCollection<Exception> Failures => failures;

    /// <summary>Returns the dataset that trials of this setting learn from, or opens another one.</summary>
    /// <exception cref="DataException">It cannot be opened.</exception>
    internal Dataset Open(DatasetSetting setting) => data.Open(setting);

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
        if (Candidates(waiting.Count)[0].CrowdingOn(Environment.ProcessorCount) is { } crowding)
            notice($"{study.Name}: {crowding}");
        var most = Candidates(waiting.Count).Max(candidate => candidate.Parallel);
        var threads = Enumerable.Range(1, most).SelectMany(Candidates).Max(candidate => candidate.Threads);
        using var claim = CoreClaim.OfProcess();
        var share = new CoreShare(
            Candidates, time, Tell, announced: most, claim.Take,
            observing: options.Parallel is null && options.Threads is null ? Environment.ProcessorCount : 0);
        var workers = Enumerable.Range(0, most).Select(_ => new Thread(() => Work(share, threads, cancellation))).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        // A search learns what other processes did from the files, and then offers no thread the trials that they ended.
        foreach (var progress in Trials.Where(progress => !TrialStatus.IsFinished(progress.Now.Status) && search?.IsOpen(progress) is false))
            progress.SetFrom(Run.FindManifest(progress.Trial.Id));
    }

    /// <summary>Trains as <see cref="Train"/> does, on threads of its own.</summary>
    /// <param name="progress">Receives each trial's state when its status changes, and once per second while it trains; may be null.</param>
    /// <param name="cancellation">Saves every trial that trains here, and then cancels the task.</param>
    /// <exception cref="OperationCanceledException">It was cancelled; everything is saved.</exception>
    public async Task RunAsync(IProgress<TrialReport>? progress = null, CancellationToken cancellation = default)
    {
        var work = Task.Factory.StartNew(
            () => Train(cancellation), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var changes = new TrialReporter(Trials, progress);
        try
        {
            while (!work.IsCompleted)
            {
                changes.Report();
                await Task.WhenAny(work, Task.Delay(BetweenReports, time, CancellationToken.None)).ConfigureAwait(false);
            }
        }
        finally
        {
            // Also if progress throws: training ends before this method does.
            await work.ConfigureAwait(false);
        }
        changes.Report();
        if (Trials.Any(IsOpen))
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Refuses a trial that began with other examples: it could neither be continued nor compared with trials of these. Shows one that is
    /// finished, and notes one that is finished but has leftovers.</summary>
    private void ReadBegun(TrialProgress progress, TrialManifest manifest, bool isAtRest)
    {
        data.Check(progress.Trial, manifest);
        search?.Learn(progress, manifest);
        if (!progress.IsFinal(manifest))
            return;
        if (isAtRest)
            progress.SetFrom(manifest);
        else
            restless[progress] = true;
    }

    private TrialWork WorkOf(Trial trial) => TrialWork.FromSetting(trial.Setting, data.Of(trial));

    private void Tell(CoreAllocation allocation) =>
        notice($"{study.Name}: {allocation}, which is fastest on this machine (change it with --parallel and --threads)");

    private void Work(CoreShare share, int threads, CancellationToken cancellation)
    {
        var (wait, place, hasPlace) = (FirstWait, 0, false);
        while (!cancellation.IsCancellationRequested)
        {
            var before = ends.Count;
            if (OpenFrom(place) is not { Count: > 0 } open)
                return;
            var (hasWorked, held) = Look(open, share, threads, ref place, cancellation);
            if (hasWorked)
                wait = FirstWait;
            else if (!hasPlace)
                // All processes begin at the first trial. Those that find it taken continue from places of their own.
                (place, hasPlace) = (Environment.ProcessId % Trials.Count, true);
            else
                Wait(held, before, ref wait, cancellation);
        }
    }

    /// <summary>Lists the open trials in the study's order, from a place on and then from the beginning; in a search, those with something to do now. If
    /// none has, the others wait for a trial that failed.</summary>
    private List<TrialProgress> OpenFrom(int place) =>
        search is null ? [.. Trials.Skip(place).Concat(Trials.Take(place)).Where(IsOpen)]
        : [.. search.Due(place).Union(restless.Keys).Where(progress => !failed.ContainsKey(progress))];

    /// <summary>Trains the trials that no other thread or process holds, until it has met many held ones in a row.</summary>
    /// <returns>Whether it trained any, and the held ones that it met last.</returns>
    private (bool, List<TrialProgress>) Look(List<TrialProgress> open, CoreShare share, int threads, ref int place, CancellationToken cancellation)
    {
        using var seat = share.Join();
        var runner = new TrialRunner(study, Run, threads, seat, Leases, time, notice, data.Weights, measurements);
        var (hasWorked, held) = (false, new List<TrialProgress>());
        foreach (var progress in open.TakeWhile(_ => !cancellation.IsCancellationRequested && held.Count < LooksInVain).Where(IsOpen))
        {
            place = (Places[progress] + 1) % Trials.Count;
            if (!Take(progress, runner, cancellation))
                held.Add(progress);
            else
            {
                (hasWorked, held) = (true, []);
                ends.Add();
            }
        }
        return (hasWorked, held);
    }

    /// <summary>Waits until a trial of this process ends, but looks now and then, less often each time: other processes finish the trials that they hold, or
    /// this one takes them over.</summary>
    private void Wait(List<TrialProgress> held, int before, ref TimeSpan wait, CancellationToken cancellation)
    {
        foreach (var progress in held.Where(progress => IsOpen(progress) && !taken.ContainsKey(progress) && noticed.TryAdd(progress, true)))
            notice($"{progress.Trial.Id}: {Run.FindWriter(progress.Trial.Id) ?? "another process"} trains it; "
                + "this process waits, and takes the trial over if that one ends or stops");
        ends.WaitForMore(before, wait, cancellation);
        wait = wait * WaitGrowth < LongestWait ? wait * WaitGrowth : LongestWait;
    }

    private bool IsOpen(TrialProgress progress) => !failed.ContainsKey(progress)
        && (restless.ContainsKey(progress) || search?.IsOpen(progress) is true || !TrialStatus.IsFinished(progress.Now.Status));

    /// <summary>Trains a trial to its end, unless another thread or process holds it.</summary>
    /// <returns>False if another one holds it.</returns>
    private bool Take(TrialProgress progress, TrialRunner runner, CancellationToken cancellation)
    {
        if (!taken.TryAdd(progress, true))
            return false;
        try
        {
            var isRestless = restless.TryRemove(progress, out _);
            if (Run.FindManifest(progress.Trial.Id) is { } manifest)
            {
                search?.Learn(progress, manifest);
                if (!isRestless && (search?.IsOpen(progress) ?? !progress.IsFinal(manifest)) is false)
                {
                    progress.SetFrom(manifest);
                    return true;
                }
            }
            var step = search is null ? SearchStep.ToTheEnd : search.FindStep(progress) ?? SearchStep.ToTheEnd;
            if (step.IsWaiting)
                return true;
            var isFree = runner.Run(progress, data.Of(progress.Trial), step, cancellation);
            if (Run.FindManifest(progress.Trial.Id) is { } written)
                search?.Learn(progress, written);
            return isFree;
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
}
