using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Records.Runs;

/// <summary>Reads what a study left on disk, while it is being written or after.</summary>
public sealed class RunFolder
{
    private const string StudyKey = "study:";

    private RunFolder(string directory) => Directory = directory;

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The name of the study, from <c>study.yaml</c>; where that does not say it, the folder's name.</summary>
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
        [.. System.IO.Directory.EnumerateDirectories(trials).Where(trial => File.Exists(TrialFiles.ManifestPath(trial)))
            .Select(trial => Path.GetFileName(trial)).Order(StringComparer.Ordinal)];

    /// <summary>Opens a run folder.</summary>
    /// <exception cref="RecordException">There is no such folder, or it is not a run folder.</exception>
    public static RunFolder Open(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        const string Advice = "Give the folder that 'sonde run STUDY --out DIR' wrote.";
        if (!System.IO.Directory.Exists(directory))
            throw new RecordException($"{directory}: expected a run folder, found {(File.Exists(directory) ? "a file" : "nothing")} there. {Advice}");
        if (!File.Exists(Path.Combine(directory, RecordedStudy.FileName)) && !System.IO.Directory.Exists(Path.Combine(directory, TrialFiles.TrialsDirectory)))
            throw new RecordException($"{directory}: expected a run folder with {RecordedStudy.FileName} and {TrialFiles.TrialsDirectory}/, found neither. {Advice}");
        return new(directory);
    }

    /// <summary>Makes a run folder, or opens one, and puts its study there.</summary>
    /// <param name="directory">The folder; made where there is none.</param>
    /// <param name="study">The study as run, in YAML, every default spelled out.</param>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public static RunFolder Create(string directory, string study)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var folder = new RunFolder(directory);
        folder.WriteStudy(study);
        return folder;
    }

    /// <summary>Puts the study into the folder, replacing one that is there. Several processes may do so at once with the same study.</summary>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public void WriteStudy(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (RecordedStudy.Find(Directory, out _) != study)
            RecordedStudy.Write(Directory, study);
    }

    /// <summary>The study as run, in YAML; null where there is none.</summary>
    /// <exception cref="RecordException">It was changed after it was written.</exception>
    public string? ReadStudy()
    {
        var study = RecordedStudy.Find(Directory, out var damage);
        return damage is null ? study : throw new RecordException(damage);
    }

    /// <summary>Puts the study in the place of a <c>study.yaml</c> that is damaged, whose content stays beside it.</summary>
    /// <returns>The path of what was damaged.</returns>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public string ReplaceDamagedStudy(string study) => RecordedStudy.Replace(Directory, study);

    /// <summary>What <c>trial.json</c> of a trial says; cheap beside reading its tables.</summary>
    /// <exception cref="RecordException">There is no such trial, or the file is damaged.</exception>
    public TrialManifest ReadManifest(string id) => Reader(id).ReadManifest();

    /// <summary>Reads a trial as far as it has been recorded.</summary>
    /// <exception cref="RecordException">There is no such trial, or a file of it is damaged.</exception>
    public RecordedTrial ReadTrial(string id) => Reader(id).Read();

    /// <summary>Reads a trial as far as its files are as they were written: one that is damaged has the status <see cref="TrialStatus.Damaged"/>, a
    /// message that names the first damage, and those tables that are whole.</summary>
    /// <exception cref="RecordException">There is no such trial.</exception>
    public RecordedTrial ReadWhatIsWhole(string id) => Reader(id).ReadWhatIsWhole(id, Study);

    /// <summary>True for a finished trial whose tables are as they were written and in which nothing is left over: there is nothing to do. Checkpoints
    /// are not looked at.</summary>
    public bool IsAtRest(string id) =>
        FindManifest(id) is { } manifest && TrialFolder.IsAtRest(TrialFiles.DirectoryOf(Directory, id), manifest) && Reader(id).FindDamage() is null;

    /// <summary>What <c>trial.json</c> of a trial says; null where the trial has not begun, or the file is damaged.</summary>
    public TrialManifest? FindManifest(string id) => TrialFiles.FindManifest(TrialFiles.DirectoryOf(Directory, id), out _);

    /// <summary>The process that writes a trial, in words such as <c>process 71 on lab3</c>; null where none does. It may have ended, if it was
    /// killed.</summary>
    public string? FindWriter(string id) => Lease.In(TrialFiles.DirectoryOf(Directory, id)) is not [.., var newest] ? null
        : Lease.ReadOwner(newest.Folder).Owner?.ToString() ?? "a process that cannot be told";

    /// <summary>True while a process writes a trial, as far as this machine can tell: of a process of another machine, until its lease is taken over.</summary>
    public bool HasWriter(string id) =>
        Lease.In(TrialFiles.DirectoryOf(Directory, id)) is [.., var newest] && !Lease.IsAbandoned(newest);

    /// <summary>Takes what only one process at a time should do with the run folder, such as drawing its figures; null where another is at it.</summary>
    public IDisposable? TryTakeLease(LeaseTaker leases)
    {
        ArgumentNullException.ThrowIfNull(leases);
        return leases.TryTake(Directory, () => 0);
    }

    /// <summary>What the network said of each test example at the end; empty where the trial has not ended or did not record it.</summary>
    /// <exception cref="RecordException">There is no such trial, or the file is damaged.</exception>
    public IReadOnlyList<Prediction> ReadPredictions(string id) => Reader(id).ReadPredictions();

    private TrialReader Reader(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var trial = TrialFiles.DirectoryOf(Directory, id);
        return File.Exists(TrialFiles.ManifestPath(trial)) ? new(trial)
            : throw new RecordException($"{Directory}: expected a trial '{id}', found {(Trials.Count == 0 ? "no trials" : string.Join(", ", Trials))}. Give "
                + "one of the ids there.");
    }
}
