using System.Text;

namespace Sonde.Records;

/// <summary>Reads what a study left on disk, while it is being written or after.</summary>
public sealed class RunFolder
{
    private const string StudyKey = "study:";

    private RunFolder(string directory) => Directory = directory;

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The name of the study, from <c>study.yaml</c>; where that does not say it, the folder's name.</summary>
    public string Study => (ReadStudy() ?? "").Split('\n').FirstOrDefault(line => line.StartsWith(StudyKey, StringComparison.Ordinal)) is { } line
        && line[StudyKey.Length..].Split(" #")[0].Trim().Trim('"', '\'') is { Length: > 0 } name ? name : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(Directory)));

    /// <summary>The ids of the trials that have begun, in alphabetical order.</summary>
    public IReadOnlyList<string> Trials => Path.Combine(Directory, TrialFiles.TrialsDirectory) is var trials && !System.IO.Directory.Exists(trials) ? [] :
        [.. System.IO.Directory.EnumerateDirectories(trials).Where(trial => File.Exists(TrialFiles.ManifestPath(trial))).Select(trial => Path.GetFileName(trial)).Order(StringComparer.Ordinal)];

    /// <summary>Opens a run folder.</summary>
    /// <exception cref="RecordException">There is no such folder, or it is not a run folder.</exception>
    public static RunFolder Open(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        const string Advice = "Give the folder that 'sonde run STUDY --out DIR' wrote.";
        if (!System.IO.Directory.Exists(directory))
            throw new RecordException($"{directory}: expected a run folder, found {(File.Exists(directory) ? "a file" : "nothing")} there. {Advice}");
        if (!File.Exists(Path.Combine(directory, TrialFiles.Study)) && !System.IO.Directory.Exists(Path.Combine(directory, TrialFiles.TrialsDirectory)))
            throw new RecordException($"{directory}: expected a run folder with {TrialFiles.Study} and {TrialFiles.TrialsDirectory}/, found neither. {Advice}");
        return new(directory);
    }

    /// <summary>Makes a run folder, or opens one, and puts its study there.</summary>
    /// <param name="directory">The folder; made where there is none.</param>
    /// <param name="study">The study as run, in YAML, every default spelled out.</param>
    public static RunFolder Create(string directory, string study)
    {
        ArgumentNullException.ThrowIfNull(directory);
        System.IO.Directory.CreateDirectory(Path.Combine(directory, TrialFiles.TrialsDirectory));
        var folder = new RunFolder(directory);
        folder.WriteStudy(study);
        return folder;
    }

    /// <summary>Puts the study into the folder, replacing one that is there.</summary>
    public void WriteStudy(string study)
    {
        ArgumentNullException.ThrowIfNull(study);
        if (ReadStudy() != study)
            DurableFile.Write(Path.Combine(Directory, TrialFiles.Study), Encoding.UTF8.GetBytes(study));
    }

    /// <summary>The study as run, in YAML; null where there is none.</summary>
    public string? ReadStudy() => Path.Combine(Directory, TrialFiles.Study) is var path && File.Exists(path) ? File.ReadAllText(path) : null;

    /// <summary>What <c>trial.json</c> of a trial says; cheap beside reading its tables.</summary>
    /// <exception cref="RecordException">There is no such trial, or the file is damaged.</exception>
    public TrialManifest ReadManifest(string id) => Reader(id).ReadManifest();

    /// <summary>Reads a trial as far as it has been recorded.</summary>
    /// <exception cref="RecordException">There is no such trial, or a file of it is damaged.</exception>
    public RecordedTrial ReadTrial(string id) => Reader(id).Read();

    /// <summary>What the network said of each test example at the end; empty where the trial has not ended or did not record it.</summary>
    /// <exception cref="RecordException">There is no such trial, or the file is damaged.</exception>
    public IReadOnlyList<Prediction> ReadPredictions(string id) => Reader(id).ReadPredictions();

    private TrialReader Reader(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        var trial = TrialFiles.DirectoryOf(Directory, id);
        return File.Exists(TrialFiles.ManifestPath(trial)) ? new(trial)
            : throw new RecordException($"{Directory}: expected a trial '{id}', found {(Trials.Count == 0 ? "no trials" : string.Join(", ", Trials))}. Give one of the ids there.");
    }
}
