using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Cli.Shell;
using Sonde.Interop.Importing;
using Sonde.Interop.Watching;
using Sonde.Records.Runs;

namespace Sonde.Cli.Importing;

/// <summary><c>sonde import</c>: what another framework's training left becomes an ordinary run folder.</summary>
internal static class ImportCommand
{
    // More lines than these would hide the verdict.
    private const int MostSkipped = 10;

    public static Command Create()
    {
        var recordings = CommonOptions.Path<string[]>("RECORDING", "A folder that sonde_recorder wrote, a folder or file of TensorBoard's events, a "
            + "trainer_state.json, or a CSV file of curves. Several become trials of one run folder.", ArgumentArity.OneOrMore);
        var output = CommonOptions.Folder("--out", "The run folder to write, or one that holds imported trials already.");
        output.Required = true;
        var json = CommonOptions.Json();
        var verb = new Verb("import", "Turns a training that Sonde did not run into an ordinary run folder, so that 'status', 'report', 'compare', 'export' "
            + "and 'verify' work on it. What cannot be read is left out and named, and what therefore cannot be judged is said.",
            "sonde import recording --out runs/mine      # of python/sonde_recorder.py",
            "sonde import runs/exp1 --out runs/exp1-sonde   # TensorBoard's events",
            "sonde import out/trainer_state.json --out runs/bert",
            "sonde import history.csv --out runs/keras",
            "sonde import fast slow --out runs/both      # two recordings, to compare") { recordings, output, json };
        verb.SetAction((parsed, cancellation) => Interruptible.Run(
            token => Import(parsed.GetValue(recordings)!, parsed.GetValue(output)!, parsed.GetValue(json), token), cancellation));
        return verb;
    }

    private static int Import(string[] paths, string directory, bool asJson, CancellationToken cancellation)
    {
        // Everything is read before anything is written: a wrong path leaves no half of a folder.
        var trainings = new List<(string Path, ObservedTraining Training, string Kind, IReadOnlyList<string> Skipped)>();
        var names = TrainingImport.NamesOf(paths);
        foreach (var (k, path) in paths.Index())
        {
            var progress = new PlainProgress(Path.GetFileName(Path.TrimEndingDirectorySeparator(path)));
            var (training, kind, skipped) = TrainingImport.Read(path, names[k], progress, cancellation);
            PlainProgress.Clear();
            trainings.Add((path, training, kind, skipped));
        }
        var run = ObservedRun.Write(directory, [.. trainings.Select(training => training.Training)]);
        if (asJson)
            Terminal.WriteJson(ToJson(run, trainings));
        else
            WriteText(run, trainings);
        return ExitCode.Done;
    }

    private static void WriteText(
        RunFolder run, IReadOnlyList<(string Path, ObservedTraining Training, string Kind, IReadOnlyList<string> Skipped)> trainings)
    {
        foreach (var (path, training, kind, skipped) in trainings)
        {
            var observations = training.Layers.Select(row => row.Update).Distinct().Count();
            Terminal.WriteLine($"{path}: {kind}, {QuantityText.Count(observations, "observation")} of "
                + $"{QuantityText.Count(training.Facts.HasNetwork ? training.Shapes.Count : 0, "layer")}, "
                + $"{QuantityText.Count(training.Curve.Count, "point")} of curves");
            foreach (var sentence in skipped.Take(MostSkipped))
                Terminal.WriteLine($"  {sentence}");
            if (skipped.Count > MostSkipped)
                Terminal.WriteLine($"  ... and {skipped.Count - MostSkipped} more; --json lists all.");
        }
        foreach (var trial in RunContents.Read(run).Where(trial => trainings.Any(training => ObservedRun.IdOf(training.Training.Name) == trial.Id)))
            Terminal.WriteLine($"{trial.Id}: {TrialFacts.VerdictOf(run.ReadTrial(trial.Id)).Sentence}");
        Terminal.WriteLine($"The run folder is {run.Directory}. 'sonde report {run.Directory}' draws its figures.");
    }

    private static JsonObject ToJson(
        RunFolder run, IReadOnlyList<(string Path, ObservedTraining Training, string Kind, IReadOnlyList<string> Skipped)> trainings) => new()
        {
            ["study"] = run.Study,
            ["directory"] = run.Directory,
            ["trials"] = new JsonArray([.. trainings.Select(training => (JsonNode)new JsonObject
        {
            ["id"] = ObservedRun.IdOf(training.Training.Name),
            ["from"] = training.Path,
            ["kind"] = training.Kind,
            ["observations"] = training.Training.Layers.Select(row => row.Update).Distinct().Count(),
            ["layers"] = training.Training.Facts.HasNetwork ? training.Training.Shapes.Count : 0,
            ["points"] = training.Training.Curve.Count,
            ["notes"] = Texts(training.Training.Notes),
            ["skipped"] = Texts(training.Skipped),
        })]),
        };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    /// <summary>Shows how far an import is, on a terminal.</summary>
    private sealed class PlainProgress(string name) : IProgress<(int Done, int All)>
    {
        public void Report((int Done, int All) value) => Show($"{name}: observation {value.Done} of {value.All}");

        public static void Clear() => Show("");

        private static void Show(string text)
        {
            if (Terminal.IsLive(onError: true))
                Terminal.ErrorOutput.Write($"\r{text,-60}\r{text}");
        }
    }
}
