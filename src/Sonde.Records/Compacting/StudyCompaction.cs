using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Runs;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Records.Compacting;

/// <summary>Joins the tables of finished trials into parts of the study: <c>DIR/tables/TABLE/PART.parquet</c>.</summary>
/// <remarks>Each batch of trials goes through the same steps. Sonde writes the parts and reads them back; replaces the <c>trial.json</c> of each trial, which
/// from then on names its part; then removes the trial's own files. A process that is killed leaves trials whose files are where their
/// <c>trial.json</c> says, and at most files that nothing names, which the next call removes.</remarks>
internal sealed class StudyCompaction
{
    // A reader of one trial needs the footer of its part, which grows with the trials in it.
    private const int MostTrials = 128;
    private const long MostBytes = 64_000_000;

    private readonly RunFolder run;
    private readonly List<TrialManifest> trials;
    private readonly HashSet<string> stale;
    private readonly List<string> untidy;

    /// <summary>Reads the folder, and changes nothing.</summary>
    /// <exception cref="RecordException">The footer of a part is damaged.</exception>
    public StudyCompaction(RunFolder run)
    {
        this.run = run;
        var manifests = Located(run.ReadableManifests);
        Unreadable = Located(() => run.UnreadableTrials(manifests.Select(manifest => manifest.Id).ToHashSet()));
        stale = [.. PartsIn(run, manifests).Where(part => part.Strays.Count > 0 && part.Unknown.Count == 0).Select(part => part.Name)];
        trials = [.. manifests.Where(manifest => TrialStatus.IsFinished(manifest.Status) && HasWork(manifest))];
        untidy = Located(() => manifests.Where(manifest => manifest.Files.Any(file => file.Part is not null)
            && LeftOverFiles.In(TrialFiles.DirectoryOf(run.Directory, manifest.Id), manifest.Files).Any()).Select(manifest => manifest.Id).ToList());
        All = manifests.Count;
        Unfinished = manifests.Count(manifest => !TrialStatus.IsFinished(manifest.Status));
    }

    /// <summary>How many trials have begun.</summary>
    public int All { get; }

    /// <summary>How many of them are not finished, so that they keep their own files.</summary>
    public int Unfinished { get; }

    /// <summary>The trials whose <c>trial.json</c> cannot be read. Nobody knows whether their rows count, so these stay in their parts.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    /// <summary>True if nothing is to be done, not even to remove what a killed process left.</summary>
    public bool IsDone => trials.Count + untidy.Count == 0;

    /// <summary>How many trials are to be compacted.</summary>
    public int Trials => trials.Count;

    /// <summary>How many files of these trials are to be joined.</summary>
    public int Files => trials.Sum(trial => TablesOf(trial).Count(file => file.Part is null));

    /// <summary>The sum of their sizes.</summary>
    public long Bytes => trials.Sum(trial => TablesOf(trial).Sum(file => file.Bytes));

    /// <summary>How many files they become.</summary>
    public int Parts => Batches().Sum(batch => CompactedTable.All.Count(table => batch.Any(trial => table.FindIn(trial) is not null)));

    /// <summary>Finds the parts of a run folder, and in each the trials that do not count (those were made longer since, their folder was deleted, or their
    /// <c>trial.json</c> was not yet replaced when a process was killed) and the trials of which nobody knows whether they count.</summary>
    /// <remarks>A damaged <c>trial.json</c> can be restored, and a renamed folder can get its name back. So while the folder has either, the rows of trials
    /// without a readable <c>trial.json</c> must stay: there is no copy of them elsewhere.</remarks>
    public static IReadOnlyList<(string Name, IReadOnlyList<string> Strays, IReadOnlyList<string> Unknown, bool IsNamed)> PartsIn(
        RunFolder run, IReadOnlyList<TrialManifest> manifests)
    {
        var named = manifests.SelectMany(manifest => manifest.Files.Where(file => file.Part is not null).Select(file => (file.Part!, manifest.Id)))
            .ToLookup(pair => pair.Item1, pair => pair.Id);
        var readable = manifests.Select(manifest => manifest.Id).ToHashSet();
        var isAnyUnreadable = run.UnreadableTrials(readable).Count > 0;
        return
        [
            .. StudyPart.NamesIn(run.Directory).Select(name =>
            {
                var strays = StraysOf(run, name, [.. named[name]]).ToLookup(id => isAnyUnreadable && !readable.Contains(id));
                return (name, (IReadOnlyList<string>)[.. strays[false]], (IReadOnlyList<string>)[.. strays[true]], named.Contains(name));
            }),
        ];
    }

    /// <summary>Compacts.</summary>
    /// <param name="leases">Takes the right to write each trial.</param>
    /// <param name="progress">Receives how many trials are done, after each batch.</param>
    /// <param name="cancellation">Stops between two trials; the same call again continues.</param>
    /// <returns>The ids of trials that another process writes at this moment; they keep their own files.</returns>
    /// <exception cref="RecordException">Another process compacts the folder, or a table is damaged, or the disk denies a step.</exception>
    public IReadOnlyList<string> Run(LeaseTaker leases, Action<int> progress, CancellationToken cancellation)
    {
        using var lease = Located(() => run.TakeLeaseIfFree(leases, cancellation)) ?? throw new RecordException(
            $"{run.Directory}: another process draws or compacts this folder. Wait until it has ended, then run the same command again.");
        return Located(() =>
        {
            RemoveUnnamed();
            foreach (var id in untidy)
                TidyTrial(id, leases);
            var (done, skipped) = (0, new List<string>());
            foreach (var batch in Batches())
            {
                skipped.AddRange(Compact(batch, leases, cancellation));
                progress(done += batch.Count);
            }
            RemoveUnnamed();
            return skipped;
        });
    }

    private T Located<T>(Func<T> step)
    {
        try
        {
            return step();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new RecordException($"{run.Directory}: Sonde cannot read or write there: {cause.Message.TrimEnd('.')}. Every trial is still readable. "
                + "Make room or restore the permission, then run the same command again: it continues.", cause);
        }
    }

    private List<string> Compact(IReadOnlyList<TrialManifest> batch, LeaseTaker leases, CancellationToken cancellation)
    {
        var same = batch.Where(IsAsPlanned).ToList();
        Dictionary<string, List<RecordedFile>> files;
        try
        {
            files = WriteParts(same, cancellation);
        }
        catch (Exception cause) when (cause is IOException or RecordException && !same.TrueForAll(IsAsPlanned))
        {
            // A trial that continued meanwhile has replaced the files that were to be read. The others are written again without it.
            return Compact(batch, leases, cancellation);
        }
        return [.. batch.Except(same.Where(trial =>
        {
            cancellation.ThrowIfCancellationRequested();
            return TryReplace(trial, files[trial.Id], leases);
        }).ToList()).Select(trial => trial.Id)];
    }

    private Dictionary<string, List<RecordedFile>> WriteParts(List<TrialManifest> batch, CancellationToken cancellation)
    {
        var number = StudyPart.NamesIn(run.Directory).Select(StudyPart.NumberOf).DefaultIfEmpty().Max() + 1;
        var files = batch.ToDictionary(trial => trial.Id, _ => new List<RecordedFile>());
        foreach (var table in CompactedTable.All)
            if (batch.Where(trial => table.FindIn(trial) is not null).ToList() is { Count: > 0 } having)
                foreach (var (id, file) in table.Write(run.Directory, number, having, cancellation))
                    files[id].Add(file);
        return files;
    }

    /// <summary>True if no process has written a trial since the folder was read.</summary>
    private bool IsAsPlanned(TrialManifest trial) => run.FindManifest(trial.Id) is { } now && now.Files.SequenceEqual(trial.Files);

    /// <summary>Names the parts in <c>trial.json</c>, then removes the trial's own files. Returns false if another process writes the trial or has written
    /// it since.</summary>
    private bool TryReplace(TrialManifest trial, IReadOnlyList<RecordedFile> tables, LeaseTaker leases)
    {
        var directory = TrialFiles.DirectoryOf(run.Directory, trial.Id);
        try
        {
            using var lease = leases.TakeIfFree(directory, () => TrialFiles.FindManifest(directory, out _)?.Attempt ?? 0);
            if (lease is null || run.FindManifest(trial.Id) is not { } now || !now.Files.SequenceEqual(trial.Files))
                return false;
            RecordedFile[] files = [.. now.Files.Select(file => tables.FirstOrDefault(table => table.Path == file.Path) ?? file)];
            lease.Publish(TrialFiles.Manifest, RecordJson.ToBytes(now with { Files = files, Attempt = lease.Attempt }, ManifestJson.Instance.TrialManifest));
            Tidy(lease, directory, files);
            return true;
        }
        catch (LeaseLostException)
        {
            return false;
        }
    }

    private void TidyTrial(string id, LeaseTaker leases)
    {
        var directory = TrialFiles.DirectoryOf(run.Directory, id);
        try
        {
            using var lease = leases.TakeIfFree(directory, () => TrialFiles.FindManifest(directory, out _)?.Attempt ?? 0);
            if (lease is not null && run.FindManifest(id) is { } now)
                Tidy(lease, directory, now.Files);
        }
        catch (LeaseLostException)
        {
            // The process that has taken over the trial tidies it.
        }
    }

    private static void Tidy(Lease lease, string directory, IReadOnlyList<RecordedFile> files)
    {
        foreach (var name in LeftOverFiles.In(directory, files).ToList())
            lease.Remove(name);
        // A folder with a file that Sonde never writes stays.
        foreach (var table in TrialFiles.Tables.Where(table => Directory.Exists(Path.Combine(directory, table))
            && !Directory.EnumerateFileSystemEntries(Path.Combine(directory, table)).Any()))
            lease.Remove(table);
    }

    private static IEnumerable<RecordedFile> TablesOf(TrialManifest trial) => CompactedTable.All.Select(table => table.FindIn(trial)).OfType<RecordedFile>();

    private bool HasWork(TrialManifest trial) => TablesOf(trial).Any(file => file.Part is null || stale.Contains(file.Part));

    private IEnumerable<IReadOnlyList<TrialManifest>> Batches()
    {
        var (batch, bytes) = (new List<TrialManifest>(), 0L);
        foreach (var trial in trials)
        {
            var size = TablesOf(trial).Sum(file => file.Bytes);
            if (batch.Count == MostTrials || (batch.Count > 0 && bytes + size > MostBytes))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
            }
            batch.Add(trial);
            bytes += size;
        }
        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>Removes parts that no trial names, and what a killed process left half written.</summary>
    private void RemoveUnnamed()
    {
        foreach (var (name, _, unknown, isNamed) in PartsIn(run, run.ReadableManifests()))
            if (!isNamed && unknown.Count == 0)
                Disk.Remove(Path.Combine(run.Directory, name));
        foreach (var folder in Disk.FoldersIn(Path.Combine(run.Directory, StudyPart.Folder), "*"))
            DurableFile.RemoveLeftovers(folder);
    }

    private static IReadOnlyList<string> StraysOf(RunFolder run, string part, HashSet<string> named)
    {
        try
        {
            return [.. StudyPart.Get(Path.Combine(run.Directory, part)).Trials.Where(trial => !named.Contains(trial))];
        }
        catch (InvalidDataException damage)
        {
            throw new RecordException($"{Path.Combine(run.Directory, part)}: expected a part that Sonde wrote, found a file that is not one "
                + $"({damage.Message}). Restore it from a copy, or run the study again: it trains the trials in it again.", damage);
        }
    }
}
