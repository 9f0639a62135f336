using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Sonde.Analysis.Trials;
using Sonde.Data.Fetching;
using Sonde.Diagnosis;
using Sonde.FaultBenchmark.Seeded;
using Sonde.Records.Trials;
using Sonde.Running;
using Sonde.Studies;

namespace Sonde.FaultBenchmark.Scoring;

/// <summary>The command that judges a run at many moments, before, in and after its plateau, and beside it one that can never leave it.</summary>
internal static class PlateauVerb
{
    // Halfway down from guessing: from here on nobody would call it a plateau.
    private const double Left = 0.5;

    /// <summary><c>plateau</c>.</summary>
    public static Command Command()
    {
        var (into, json) = (SeededVerbs.Out(), new Option<FileInfo>("--json") { Description = "Writes the moments to this file" });
        var command = new Command("plateau", "Judges a run that leaves its plateau late, and one that never can, at many moments.") { into, json };
        command.SetAction((parsed, cancellation) => Task.Run(() =>
        {
            var place = Path.GetFullPath(parsed.GetValue(into)!.FullName);
            var network = Recipe.Of(DataRecipe.Clouds(301, 16, 4, 3, 3000), 30, 5, "sigmoid", "normalized") with { Rate = 0.012, Updates = 40_000 };
            var shuffled = network.WithData(data => data with
            {
                Train = data.Train with { Targets = data.Train.Targets.Select([.. Enumerable.Range(1, data.Train.Count - 1), 0]) },
            });
            var document = new JsonObject();
            foreach (var (name, recipe) in (ReadOnlySpan<(string, Recipe)>)[("leaves-its-plateau", network), ("labels-of-the-next-example", shuffled)])
            {
                if (Train(place, name, recipe, cancellation) is not { } trial)
                    return 130;
                document[name] = Print(name, trial);
            }
            if (parsed.GetValue(json) is { } file)
                File.WriteAllText(file.FullName, document.ToString() + "\n");
            return 0;
        }, cancellation));
        return command;
    }

    private static RecordedTrial? Train(string into, string name, Recipe recipe, CancellationToken cancellation)
    {
        var (arrays, data) = (Path.Combine(into, $"{name}-data"), recipe.FindData()!);
        CaseRunner.Write(arrays, data);
        var study = StudyFile.Parse(recipe.Study(name, arrays, [1], data), name, ["evaluate.every=1000", "probe.every=1000"]);
        var runner = new StudyRunner(study, Path.Combine(into, name), new() { Data = DataFolder.OfUser(), Parallel = 1, Threads = 1 }, TimeProvider.System);
        runner.Train(cancellation);
        return cancellation.IsCancellationRequested ? null : runner.Run.ReadStatistics(study.Trials[0].Id);
    }

    private static JsonArray Print(string name, RecordedTrial trial)
    {
        var tests = trial.Curve.Where(point => point.Split == "test").OrderBy(point => point.Update).ToList();
        var chance = trial.Manifest.ChanceError ?? 100;
        var escape = tests.Find(point => point.Error < Left * chance)?.Update;
        Console.WriteLine(escape is { } at ? $"{name}: it has left its plateau by update {at}." : $"{name}: it never leaves its plateau.");
        var moments = tests.Where(point => point.Update > 0).Select(point => (point.Update, point.Error, Verdict: VerdictAt(trial, point.Update))).ToList();
        Console.WriteLine(MarkdownTable.Of(["update", "test error", "outcome", "said"], moments.Select(moment => (IReadOnlyList<string>)
            [$"{moment.Update}", moment.Error.ToString("0.0", CultureInfo.InvariantCulture), moment.Verdict.Outcome.ToString(), Said(moment.Verdict)])));
        var (before, after) = (moments.Where(moment => !(moment.Update >= escape)), moments.Where(moment => moment.Update >= escape));
        Console.WriteLine($"In the plateau: {Counted(before.Select(moment => moment.Verdict.Outcome))}. "
            + $"After it: {Counted(after.Select(moment => moment.Verdict.Outcome))}.\n");
        return new([.. moments.Select(moment => (JsonNode)new JsonObject
        {
            ["update"] = moment.Update, ["testError"] = Math.Round(moment.Error, 2), ["outcome"] = moment.Verdict.Outcome.ToString(),
            ["said"] = Said(moment.Verdict),
        })]);
    }

    /// <summary>Judges a trial as it was after some of its updates.</summary>
    private static Verdict VerdictAt(RecordedTrial trial, long update) => TrialFacts.VerdictOf(trial with
    {
        Manifest = trial.Manifest with { Status = TrialStatus.Running, Updates = update, Result = null },
        Curve = [.. trial.Curve.Where(point => point.Update <= update)],
        Layers = [.. trial.Layers.Where(row => row.Update <= update)],
    });

    private static string Said(Verdict verdict) =>
        string.Join(", ", verdict.Findings.Where(finding => finding.IsSaid).Select(finding => finding.Label).Distinct());

    private static string Counted(IEnumerable<TrialOutcome> outcomes) => string.Join(", ",
        outcomes.GroupBy(outcome => outcome).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()}x {group.Key}"))
        is { Length: > 0 } text ? text : "none";
}
