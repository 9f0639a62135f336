using Sonde.Numerics.Checks;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Records.Runs;

/// <summary>Reads a run folder: what a study left on disk, or is writing now.</summary>
public sealed class RunFolder
{
    private const string StudyKey = "study:";

    private RunFolder(string directory) => Directory = directory;

    /// <summary>The name of the file with the study, in the run folder.</summary>
    public static string StudyFileName => RecordedStudy.FileName;

    /// <summary>The name of the folder with the trials, in the run folder.</summary>
    public static string TrialsFolderName => TrialFiles.TrialsDirectory;

    /// <summary>The name of the file that describes a trial, in the trial's folder.</summary>
    public static string ManifestFileName => TrialFiles.Manifest;

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The name of the study: from <c>study.yaml</c>, or the folder's name if that file does not say it.</summary>
    public string Study
    {
        get
        {
            var line = RecordedStudy.Find(Directory, out _)?.Split('\n').FirstOrDefault(line => line.StartsWith(StudyKey, StringComparison.Ordinal));
            return line?[StudyKey.Length..].Split(" #")[0].Trim().Trim('"', '\'') is { Length: > 0 } name
                ? name : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory)));
        }
    }

    /// <summary>The ids of the trials that have begun, in alphabetical order.</summary>
    public IReadOnlyList<string> Trials => Path.Combine(Directory, TrialFiles.TrialsDirectory) is var trials && !System.IO.Directory.Exists(trials) ? [] :
    [
        .. System.IO.Directory.EnumerateDirectories(trials)
            .Where(trial => TrialFiles.IsId(Path.GetFileName(trial)) && File.Exists(TrialFiles.ManifestPath(trial)))
            .Select(trial => Path.GetFileName(trial)).Order(StringComparer.Ordinal),
    ];

    /// <summary>True if the folder's <c>study.yaml</c> has no digest line, so Sonde did not write it, and there are no trials.</summary>
    /// <exception cref="IOException">The file exists but cannot be read.</exception>
    public bool HasForeignStudy => RecordedStudy.IsForeign(Directory) && Trials.Count == 0;

    private static string NearbyName(string directory)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        return Path.GetDirectoryName(path) is { } parent && System.IO.Directory.Exists(parent) ? NameSuggestion.Hint(Path.GetFileName(path),
            System.IO.Directory.EnumerateDirectories(parent, "*", new EnumerationOptions()).Select(folder => Path.GetFileName(folder))
                .Order(StringComparer.Ordinal)) : "";
    }

    /// <summary>Opens a run folder.</summary>
    /// <exception cref="RecordException">There is no such folder, or it is not a run folder.</exception>
    public static RunFolder Open(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        const string Advice = "Give the folder that 'sonde run STUDY --out DIR' wrote.";
        if (!System.IO.Directory.Exists(directory))
            throw new RecordException($"{directory}: expected a run folder, found {(File.Exists(directory) ? "a file" : "nothing")} there."
                + $"{NearbyName(directory)} {Advice}");
        if (!File.Exists(Path.Combine(directory, RecordedStudy.FileName)) && !System.IO.Directory.Exists(Path.Combine(directory, TrialFiles.TrialsDirectory)))
            throw new RecordException(
                $"{directory}: expected a run folder with {RecordedStudy.FileName} and {TrialFiles.TrialsDirectory}/, found neither. {Advice}");
        return new(directory);
    }

    /// <summary>Makes a run folder with its study, or opens the one that exists and leaves its <c>study.yaml</c> as it is.</summary>
    /// <remarks>If several processes call this at once, one of them writes the study.</remarks>
    /// <param name="directory">The folder; made with the folders above it if there is none.</param>
    /// <param name="study">The study as run, in YAML, every default spelled out.</param>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public static RunFolder Create(string directory, string study)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(study);
        RecordedStudy.TryCreate(directory, study);
        return new(directory);
    }

    /// <summary>Writes the study in one step, and replaces the one that is there.</summary>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public void ReplaceStudy(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (RecordedStudy.Find(Directory, out _) != study)
            RecordedStudy.Write(Directory, study);
    }

    /// <summary>Reads the study as run, in YAML. Returns null if there is none.</summary>
    /// <exception cref="RecordException">Something changed the file after Sonde wrote it.</exception>
    public string? ReadStudy()
    {
        var study = RecordedStudy.Find(Directory, out var damage);
        return damage is null ? study : throw new RecordException(damage);
    }

    /// <summary>Writes the study in place of a damaged <c>study.yaml</c>, which is kept beside it.</summary>
    /// <returns>The path of the damaged file.</returns>
    /// <exception cref="RecordException">The disk is full or denies the write.</exception>
    public string ReplaceDamagedStudy(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return RecordedStudy.Replace(Directory, study);
    }

    /// <summary>Removes files that processes left half written beside <c>study.yaml</c> when they were killed.</summary>
    /// <exception cref="RecordException">The disk denies it.</exception>
    public void RemoveLeftovers() => RecordedStudy.RemoveLeftovers(Directory);

    /// <summary>Reads <c>trial.json</c> of a trial; cheap beside reading its tables.</summary>
    /// <exception cref="RecordException">There is no such trial, or the file is damaged.</exception>
    public TrialManifest ReadManifest(string id) => Reader(id).ReadManifest();

    /// <summary>Reads a trial as far as it is recorded.</summary>
    /// <exception cref="RecordException">There is no such trial, or a file of it is damaged.</exception>
    public RecordedTrial ReadTrial(string id) => Reader(id).Read();

    /// <summary>Reads the error curve and the statistics of layers of a trial, as far as they are recorded: what a verdict needs. The other tables are
    /// checked, not read.</summary>
    /// <exception cref="RecordException">There is no such trial, or a table of it is damaged.</exception>
    public RecordedTrial ReadStatistics(string id) => Reader(id).ReadStatistics();

    /// <summary>Reads the error curve of a trial as far as it is recorded, and no other table.</summary>
    /// <exception cref="RecordException">There is no such trial, or a file of the curve is damaged.</exception>
    public IReadOnlyList<Sonde.Training.CurvePoint> ReadCurve(string id) => Reader(id).ReadCurve();

    /// <summary>Reads the undamaged files of a trial. A damaged trial has the status <see cref="TrialStatus.Damaged"/>, a message that names the first
    /// damage, and its undamaged tables.</summary>
    /// <exception cref="RecordException">There is no such trial.</exception>
    public RecordedTrial ReadWhatIsWhole(string id) => Reader(id).ReadWhatIsWhole(id, () => Study);

    /// <summary>Returns true for a finished trial that needs no more work: its tables are as they were written, and nothing is left over. It does not
    /// check checkpoints.</summary>
    public bool IsAtRest(string id) => FindManifest(id) is { } manifest && IsAtRest(manifest);

    /// <inheritdoc cref="IsAtRest(string)"/>
    public bool IsAtRest(TrialManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        return TrialFolder.IsAtRest(TrialFiles.DirectoryOf(Directory, manifest.Id), manifest) && Reader(manifest.Id).FindDamage() is null;
    }

    /// <summary>Reads <c>trial.json</c> of a trial. Returns null if the trial has not begun or the file is damaged.</summary>
    public TrialManifest? FindManifest(string id) => TrialFiles.FindManifest(TrialFiles.DirectoryOf(Directory, id), out _);

    /// <summary>Reads <c>trial.json</c> of all trials that have begun, but of those whose file is damaged, on all cores.</summary>
    /// <exception cref="IOException">A file exists but cannot be read.</exception>
    internal IReadOnlyList<TrialManifest> ReadableManifests()
    {
        try
        {
            return [.. Trials.AsParallel().AsOrdered().Select(FindManifest).OfType<TrialManifest>()];
        }
        catch (AggregateException several) when (several.InnerExceptions[0] is IOException or UnauthorizedAccessException)
        {
            throw new IOException(several.InnerExceptions[0].Message, several.InnerExceptions[0]);
        }
    }

    /// <summary>Lists the folders of trials whose <c>trial.json</c> is damaged, missing, or that of another trial.</summary>
    /// <param name="readable">The ids of all that <see cref="ReadableManifests"/> returned.</param>
    /// <exception cref="IOException">A file exists but cannot be read.</exception>
    internal IReadOnlyList<string> UnreadableTrials(IReadOnlySet<string> readable)
    {
        // A trial may have begun since, or have no more than a lease yet.
        return Path.Combine(Directory, TrialFiles.TrialsDirectory) is var trials && !System.IO.Directory.Exists(trials) ? [] :
            [.. System.IO.Directory.EnumerateDirectories(trials).Where(trial => !readable.Contains(Path.GetFileName(trial)) && TrialFiles.IsTrial(trial)
                && (File.Exists(TrialFiles.ManifestPath(trial)) || TrialFiles.HasRecords(trial)) && TrialFiles.FindManifest(trial, out _) is null)
                .Select(trial => Path.GetFileName(trial)).Order(StringComparer.Ordinal)];
    }

    /// <summary>Returns the process that writes a trial, in words such as <c>process 71 on lab3</c>, or null if none does. A process that was killed may
    /// still be named.</summary>
    public string? FindWriter(string id) => Lease.In(TrialFiles.DirectoryOf(Directory, id)) is not [.., var newest] ? null
        : Lease.ReadOwner(newest.Folder).Owner?.ToString() ?? "an unknown process";

    /// <summary>Returns true while a process writes a trial, as far as this machine can know. A process of another machine counts until its trial is taken
    /// over.</summary>
    public bool HasWriter(string id) =>
        Lease.In(TrialFiles.DirectoryOf(Directory, id)) is [.., var newest] && !Lease.IsAbandoned(newest);

    /// <summary>Takes the lease on the run folder itself, for work that one process should do for all, such as drawing. If another process holds it, this
    /// waits until that one gives a sign of life or the lease back, and takes over when it has been silent for too long.</summary>
    /// <param name="leases">Takes the lease.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>Null if another process does the work or has done it, or if cancelled.</returns>
    /// <exception cref="RecordException">The run folder is gone, or the disk denies it.</exception>
    public IDisposable? TakeLeaseIfFree(LeaseTaker leases, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(leases);
        return System.IO.Directory.Exists(Directory) ? leases.TakeUnlessAlive(Directory, () => 0, cancellation)
            : throw TrialFolder.GoneRun(Directory, null);
    }

    /// <summary>Reads the network's prediction for each test example at the end. Empty if the trial has not ended or recorded none.</summary>
    /// <exception cref="RecordException">There is no such trial, or the file is damaged.</exception>
    public IReadOnlyList<Prediction> ReadPredictions(string id) => Reader(id).ReadPredictions();

    /// <summary>Reads the weights and biases of a trial's newest checkpoint, which is that of its end once it has ended. Null if it has none, as an
    /// imported trial.</summary>
    /// <exception cref="RecordException">There is no such trial, or the checkpoint is damaged.</exception>
    public Networks.Parameters? FindParameters(string id) => Reader(id).FindParameters();

    private TrialReader Reader(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var trial = TrialFiles.DirectoryOf(Directory, id);
        return File.Exists(TrialFiles.ManifestPath(trial)) ? new(trial)
            : throw new RecordException($"{Directory}: expected a trial '{id}', found {(Trials.Count == 0 ? "no trials" : string.Join(", ", Trials))}. "
                + "Give one of the ids there.");
    }
}
