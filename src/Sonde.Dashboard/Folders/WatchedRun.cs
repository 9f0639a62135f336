using System.Collections.Concurrent;
using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Dashboard.Access;
using Sonde.Figures.Pages.Documents;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Dashboard.Folders;

/// <summary>A run folder with an index of its trials and with what was read of them, as long as they do not change.</summary>
internal sealed class WatchedRun
{
    // Whole trials are large, and a person looks at few at once.
    private const int MostWholeTrials = 6;

    // Reading this many trials leaves some hundred megabytes that are not needed.
    private const int FewestLarge = 1000;

    private readonly FolderGuard guard;
    private readonly RunIndex index;
    private readonly List<(string Id, TrialManifest? Of, Lazy<RecordedTrial> Records)> whole = [];
    private readonly ConcurrentDictionary<string, (IReadOnlyList<FoundTrial> Of, byte[] Content)> documents = new();
    private readonly Lock beginning = new();
    private Task? reading;
    private bool isAtRest;
    private (bool IsRead, int Trials) grown = (true, 0);

    /// <summary>Begins with nothing read.</summary>
    public WatchedRun(RunFolder run, FolderGuard guard)
        : this(run, guard, guard.FindRefusal)
    {
    }

    /// <summary>Begins with nothing read.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="guard">Refuses files.</param>
    /// <param name="findRefusal">What the index asks before it reads or writes a file.</param>
    internal WatchedRun(RunFolder run, FolderGuard guard, Func<string, string?> findRefusal)
    {
        (Run, this.guard) = (run, guard);
        index = new(run, findRefusal);
    }

    /// <summary>The folder.</summary>
    public RunFolder Run { get; }

    /// <summary>The trials as of the last refresh, in the study's order; while the folder is read for the first time, those that were read.</summary>
    public IReadOnlyList<FoundTrial> Trials => index.TrialsSoFar;

    /// <summary>True once the folder was read.</summary>
    public bool IsRead { get; private set; }

    /// <summary>While the folder is read for the first time, how many trials are still to be read, 0 while they are listed; null after that.</summary>
    public int? Unread => IsRead ? null : Math.Max(0, index.Listed - index.TrialsSoFar.Count);

    /// <summary>The study's name; that of the folder if the file must not be read.</summary>
    public string Study => guard.FindRefusal(Path.Combine(Run.Directory, RunFolder.StudyFileName)) is null ? Run.Study : Path.GetFileName(Run.Directory);

    /// <inheritdoc cref="RunIndex.Refresh"/>
    public IReadOnlyList<string> Refresh(bool endedToo)
    {
        var changed = index.Refresh(endedToo);
        IsRead = true;
        return changed;
    }

    /// <summary>Reads the folder if nobody did, and waits for it.</summary>
    /// <param name="most">The longest wait; reading continues after it.</param>
    public void Read(TimeSpan most)
    {
        Task task;
        lock (beginning)
            task = reading = reading is { IsFaulted: false } ? reading : Task.Run(() => Refresh(endedToo: true));
        if (Task.WaitAny([task], most) == 0)
            task.GetAwaiter().GetResult();
    }

    /// <summary>Returns true if more of the folder is known than when this was last asked, while it is read for the first time.</summary>
    public bool HasGrown()
    {
        var now = (IsRead, reading is null || IsRead ? 0 : Trials.Count);
        var hasGrown = reading is not null && now != grown && grown != (true, 0);
        grown = now;
        return hasGrown;
    }

    /// <summary>Finds a trial by its id; null if there is none.</summary>
    public FoundTrial? Find(string? id) => Trials.FirstOrDefault(trial => trial.Id == id);

    /// <summary>Returns the error curve of each split of a trial, thinned to what a plot can show; empty if it has none, or none that can be read.</summary>
    public CurveLine? CurveOf(FoundTrial trial, string split)
    {
        // Every look at a file costs time when there are ten thousand trials.
        if (!HasCurvesOf(trial) && FindRefusal(trial, "curve/") is not null)
            return null;
        return index.CurvesOf(trial.Id).TryGetValue(split, out var curve) ? new(curve.Updates, curve.Errors) : null;
    }

    /// <summary>True if the curves of a trial need no reading.</summary>
    public bool HasCurvesOf(FoundTrial trial) => index.HasCurvesOf(trial.Id);

    /// <summary>Leaves the curves and verdicts of a large folder to the next process that opens it.</summary>
    public void LeaveCurves() => index.LeaveCurves();

    /// <summary>Called when a page has all of a folder: gives the memory that reading a large one took back to the system, once, and nobody waits for
    /// that.</summary>
    public void GiveMemoryBack()
    {
        var isLarge = Trials.Count >= FewestLarge;
        lock (beginning)
            (isLarge, isAtRest) = (isLarge && !isAtRest, isAtRest || isLarge);
        if (isLarge)
            _ = Task.Run(() => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
    }

    /// <summary>Returns a document of all trials, which is made again only if one of them has changed.</summary>
    /// <param name="name">The document.</param>
    /// <param name="make">Makes it of the trials.</param>
    public byte[] DocumentOf(string name, Func<IReadOnlyList<FoundTrial>, byte[]> make)
    {
        // While the folder is read for the first time, a document says so, and must not be kept.
        var (isRead, trials) = (IsRead, Trials);
        if (isRead && documents.TryGetValue(name, out var known) && ReferenceEquals(known.Of, trials))
            return known.Content;
        var made = make(trials);
        if (isRead)
            documents[name] = (trials, made);
        return made;
    }

    /// <summary>Returns the verdict on a trial; null if it has recorded nothing.</summary>
    public string? VerdictOf(FoundTrial trial) => trial.Manifest is null ? trial.Message : FindRefusal(trial) ?? index.VerdictOf(trial.Id);

    /// <summary>Reads all that can be read of a trial.</summary>
    /// <exception cref="RecordException">One of its files must not be read, or there is no such trial.</exception>
    public RecordedTrial WholeOf(FoundTrial trial)
    {
        if (FindRefusal(trial) is { } refusal)
            throw new RecordException(refusal);
        Lazy<RecordedTrial> records;
        lock (whole)
        {
            var place = whole.FindIndex(entry => entry.Id == trial.Id && ReferenceEquals(entry.Of, trial.Manifest));
            var entry = place >= 0 ? whole[place] : (trial.Id, trial.Manifest, new(() => Run.ReadWhatIsWhole(trial.Id)));
            whole.RemoveAll(other => other.Id == trial.Id);
            whole.Insert(0, entry);
            if (whole.Count > MostWholeTrials)
                whole.RemoveAt(MostWholeTrials);
            records = entry.Item3;
        }
        return records.Value;
    }

    /// <summary>Returns why a file of a trial must not be read; null if all may.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="beginning">How the names of the files begin that are to be read.</param>
    public string? FindRefusal(FoundTrial trial, string beginning = "")
    {
        var folder = Path.Combine(Run.Directory, RunFolder.TrialsFolderName, trial.Id);
        return guard.FindRefusal(Path.Combine(folder, RunFolder.ManifestFileName)) ?? (trial.Manifest?.Files ?? [])
            .Where(file => file.Path.StartsWith(beginning, StringComparison.Ordinal) || file.Path.StartsWith("checkpoint/", StringComparison.Ordinal)
                && file.Path.EndsWith(".parquet", StringComparison.Ordinal))
            .Select(file => guard.FindRefusal(file.Part is { } part ? Path.Combine(Run.Directory, part) : Path.Combine(folder, file.Path)))
            .FirstOrDefault(refusal => refusal is not null);
    }

    /// <summary>Returns who trains a trial, and for how much longer; null if nobody does.</summary>
    public TrialProgress? ProgressOf(FoundTrial trial) => trial.Status != TrialStatus.Running ? null
        : new(trial.Writer, SecondsLeft(trial));

    // The last two parts of a table say how long the updates between them took; a pause before them does not count.
    private double? SecondsLeft(FoundTrial trial)
    {
        if (trial is not { Manifest: { } manifest, Planned: { } planned })
            return null;
        var parts = manifest.Files.Where(file => file.Path.StartsWith("curve/", StringComparison.Ordinal))
            .Select(file => (file.Path, Update: long.TryParse(Path.GetFileNameWithoutExtension(file.Path), NumberStyles.AllowLeadingSign,
                CultureInfo.InvariantCulture, out var update) ? update : (long?)null))
            .Where(part => part.Update is not null).OrderBy(part => part.Update).TakeLast(2).ToList();
        if (parts is not [var before, var last])
            return null;
        DateTime TimeOf(string path) => File.GetLastWriteTimeUtc(Path.Combine(Run.Directory, RunFolder.TrialsFolderName, trial.Id, path));
        var seconds = (TimeOf(last.Path) - TimeOf(before.Path)).TotalSeconds;
        return seconds > 0 && last.Update > before.Update
            ? seconds / (last.Update!.Value - before.Update!.Value) * Math.Max(0, planned - last.Update!.Value) : null;
    }
}
