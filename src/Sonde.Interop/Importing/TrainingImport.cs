using Sonde.Interop.Curves;
using Sonde.Interop.Recordings;
using Sonde.Interop.Tensors;
using Sonde.Interop.Watching;

namespace Sonde.Interop.Importing;

/// <summary>Reads a training of another framework, whatever it left: a recording, TensorBoard's event files, a <c>trainer_state.json</c> or a CSV of
/// curves.</summary>
internal static class TrainingImport
{
    private const string TrainerState = "trainer_state.json";

    /// <summary>Reads one of them.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <param name="progress">Receives how many observations are done and how many there are; may be null.</param>
    /// <param name="cancellation">Stops before the next observation.</param>
    /// <returns>The training, its kind in words, and a sentence for everything that was left out.</returns>
    /// <exception cref="InteropException">It is none of these, or nothing in it can be read.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static (ObservedTraining Training, string Kind, IReadOnlyList<string> Skipped) Read(
        string path, IProgress<(int Done, int All)>? progress = null, CancellationToken cancellation = default) =>
        Read(path, NamesOf([path])[0], progress, cancellation);

    /// <summary>Names trainings after their files or folders. If two have one name, the folder that each is in comes first: <c>exp1-recording</c>.</summary>
    /// <exception cref="InteropException">Two have the same name even so.</exception>
    public static IReadOnlyList<string> NamesOf(IReadOnlyList<string> paths)
    {
        string[] sources = [.. paths.Select(SourceOf)], names = [.. sources.Select(NameOf)];
        var repeated = names.GroupBy(ObservedRun.IdOf).Where(group => group.Skip(1).Any()).SelectMany(group => group).ToHashSet();
        for (var k = 0; k < names.Length; k++)
            if (repeated.Contains(names[k]))
                names[k] = $"{Path.GetFileName(Path.GetDirectoryName(sources[k]))}-{names[k]}";
        var same = names.Index().GroupBy(name => ObservedRun.IdOf(name.Item)).FirstOrDefault(group => group.Skip(1).Any());
        return same?.Take(2).ToList() is not [var one, var two] ? names
            : throw new InteropException($"{paths[one.Index]} and {paths[two.Index]} would both be the trial '{ObservedRun.IdOf(one.Item)}'. "
                + "Rename one, or import each into a folder of its own.");
    }

    /// <inheritdoc cref="Read(string, IProgress{ValueTuple{int, int}}?, CancellationToken)"/>
    public static (ObservedTraining Training, string Kind, IReadOnlyList<string> Skipped) Read(
        string path, string name, IProgress<(int Done, int All)>? progress, CancellationToken cancellation)
    {
        if (RecordingImport.IsRecording(path))
        {
            var (training, skipped) = RecordingImport.Read(path, name, progress, cancellation);
            return (training, "a recording", skipped);
        }
        var state = Directory.Exists(path) ? Path.Combine(path, TrainerState) : path;
        if (File.Exists(state) && state.EndsWith(".json", StringComparison.OrdinalIgnoreCase))
        {
            var (curves, facts) = TrainerStateCurves.Read(state);
            return (CurvesAlone(name, curves, facts), "a trainer's state", curves.LeftOut(state, "entries"));
        }
        if (Directory.Exists(path) && EventCurves.In(path) is { Count: > 0 } events)
            return Read(EventCurves.Read(path, events), "TensorBoard's event files", "scalars");
        if (File.Exists(path) && EventCurves.IsName(path))
            return Read(EventCurves.Read(path, [path]), "an event file of TensorBoard", "scalars");
        if (File.Exists(path) && Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv" or ".txt")
            return Read(CsvCurves.Read(path), "curves", "columns");
        if (Directory.Exists(path) && LastCheckpoint(path) is { } last)
            throw new InteropException($"{path}: expected a {TrainerState} in it, found one in each checkpoint. Give the one of the last, which has the whole "
                + $"history: {last}.");
        throw new InteropException($"{path}: expected a recording, TensorBoard's event files, a {TrainerState} or a CSV file of curves, found "
            + $"{(Directory.Exists(path) ? FoundIn(path) : File.Exists(path) ? "another file" : "nothing")}. Check the path.");

        (ObservedTraining, string, IReadOnlyList<string>) Read(ForeignCurves curves, string kind, string what) =>
            (CurvesAlone(name, curves, new()), kind, curves.LeftOut(path, what));
    }

    private static ObservedTraining CurvesAlone(string name, ForeignCurves curves, TrainingFacts facts)
    {
        var training = new ObservedTraining(name, [new LayerShape(1, 1, null, OutputKind.Linear)])
        {
            Facts = facts with { HasNetwork = false, HasNumbers = curves.AreOfNumbers, CountedIn = curves.CountedIn },
        };
        training.Note("Only curves are recorded and no layer, so nothing is said of activations and gradients.");
        if (curves.CountedIn is { } unit)
            training.Note($"The curves count {unit}s: {(unit == "row" ? "the file has no column of whole updates or epochs" : "no updates were recorded")}, so "
                + "what depends on their number is not judged.");
        curves.AddTo(training);
        CurveNotes.Add(training);
        return training;
    }

    // The trainer writes its state into every checkpoint, and into the folder itself only if the program asks for it.
    private static string? LastCheckpoint(string folder) => Directory.EnumerateDirectories(folder, "checkpoint-*")
        .Select(checkpoint => Path.Combine(checkpoint, TrainerState)).Where(File.Exists)
        .MaxBy(state => long.TryParse(Path.GetFileName(Path.GetDirectoryName(state))!["checkpoint-".Length..], out var step) ? step : -1);

    private static string FoundIn(string folder) => Directory.EnumerateFiles(folder, "*.tmp").Any()
        ? "a folder with half-written files alone (.tmp), as a program leaves that was stopped at its first observation" : "a folder with none of them";

    private static string SourceOf(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        // A checkpoint's state and a lone event file are called after their folder.
        return File.Exists(full) && (Path.GetFileName(full) == TrainerState || EventCurves.IsName(full)) ? Path.GetDirectoryName(full)! : full;
    }

    private static string NameOf(string source) => File.Exists(source) ? Path.GetFileNameWithoutExtension(source) : Path.GetFileName(source);
}
