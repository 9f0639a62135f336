using System.CommandLine;
using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Grids;
using Sonde.Analysis.Selecting;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Numerics.Checks;
using Sonde.Records.Files;
using Sonde.Records.Runs;

namespace Sonde.Cli.Compare;

/// <summary><c>sonde compare</c>: the models of a run folder, or two of its trials, against each other.</summary>
internal static class CompareCommand
{
    private static readonly Dictionary<string, DecidingTest> Tests = new() { ["examples"] = DecidingTest.Examples, ["seeds"] = DecidingTest.Seeds };

    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var trials = new Argument<string[]>("TRIALS")
        {
            Description = "Two trials of that folder to compare; leave them out to compare the models.", Arity = ArgumentArity.ZeroOrMore,
        };
        var level = new Option<string>("--p")
        {
            Description = "Two models differ if their p is at or below this level", HelpName = "P",
            DefaultValueFactory = _ => StudySelection.PaperLevel.ToString(CultureInfo.InvariantCulture),
        };
        var test = CommonOptions.OneOf("--test", "What the test compares: answers to the same test examples, or mean errors over seeds", Tests.Keys,
            Tests.Keys.First());
        trials.Validators.Add(result =>
        {
            if (result.Tokens.Count is not (0 or 2))
                result.AddError($"TRIALS: expected two trials or none, got {result.Tokens.Count}. 'sonde status DIR' lists them.");
            else if (result.Tokens is [var one, var other] && one.Value == other.Value)
                result.AddError($"TRIALS: expected two different trials, got '{one.Value}' twice. 'sonde status DIR' lists them.");
        });
        level.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Level(token.Value) is not (> 0 and < 1))
                result.AddError($"--p: expected a number above 0 and below 1 such as 0.005, got '{token.Value}'.");
        });
        var verb = new Verb("compare",
            "Chooses each model's depth and learning rate by validation error, and shows the test error of each choice, the best in bold. "
                + "With two trials, shows their settings, curves and layers side by side.",
            "sonde compare runs/table-1                  # the models",
            "sonde compare runs/table-1 --p 0.05 --test seeds",
            "sonde compare runs/first-look tanh-s1 softsign-s1  # two trials",
            "sonde compare runs/table-1 --json")
        {
            directory, trials, level, test, json,
        };
        verb.SetAction(parsed =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            if (parsed.GetValue(trials) is [var first, var second])
                Show(Pair(run, first, second), parsed.GetValue(json));
            else
                Show(run, RunContents.Read(run), Level(parsed.GetValue(level)!), Tests[parsed.GetValue(test)!], parsed.GetValue(json));
            return ExitCode.Done;
        });
        return verb;
    }

    private static TrialPair Pair(RunFolder run, string first, string second)
    {
        foreach (var id in (string[])[first, second])
            if (!run.Trials.Contains(id))
                throw new RecordException($"{run.Directory}: expected a trial that has begun, got '{id}'.{NameSuggestion.Hint(id, run.Trials)} "
                    + $"'sonde status {run.Directory}' lists them.");
        return TrialPair.Read(run, first, second);
    }

    private static void Show(TrialPair pair, bool asJson)
    {
        if (asJson)
            Terminal.WriteJson(PairJson.Of(pair));
        else
            PairTables.Write(pair);
    }

    private static void Show(RunFolder run, IReadOnlyList<FoundTrial> trials, double level, DecidingTest test, bool asJson)
    {
        var (selection, grid) = (StudySelection.Of(run, trials, level, test), GridSummary.Of(trials));
        if (asJson)
        {
            var document = SelectionJson.Of(run, selection);
            document["summary"] = GridJson.Of(grid);
            Terminal.WriteJson(document);
            return;
        }
        SelectionTables.Write(selection);
        GridTables.Write(run.Study, grid, trials.Count);
    }

    private static double Level(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var level) ? level : double.NaN;
}
