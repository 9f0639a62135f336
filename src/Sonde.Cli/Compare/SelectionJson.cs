using System.Text.Json.Nodes;
using Sonde.Analysis.Selecting;
using Sonde.Cli.Shell;
using Sonde.Numerics.Significance;
using Sonde.Records.Runs;

namespace Sonde.Cli.Compare;

/// <summary>The models of a study as JSON.</summary>
internal static class SelectionJson
{
    public static JsonObject Of(RunFolder run, StudySelection selection) => new()
    {
        ["study"] = run.Study, ["directory"] = run.Directory, ["p"] = selection.Level,
        ["test"] = selection.Test == DecidingTest.Examples ? "examples" : "seeds", ["correction"] = "holm", ["confidence"] = MeanInterval.Confidence,
        ["tasks"] = new JsonArray([.. selection.Tasks.Select(task => new JsonObject
        {
            ["data"] = task.Data,
            ["models"] = new JsonArray([.. task.Models.Select(Model)]),
            ["comparisons"] = new JsonArray([.. task.Comparisons.Select(Comparison)]),
        })]),
    };

    private static JsonObject Model(ModelChoice model) => new()
    {
        ["model"] = model.Name,
        ["isAmongBest"] = model.IsAmongBest,
        ["isFinal"] = model.IsFinal,
        ["chosen"] = model.Chosen is { } chosen ? Candidate(chosen) : null,
        ["testError"] = model.TestError is { } error ? Interval(error) : null,
        ["candidates"] = new JsonArray([.. model.Candidates.Select(Candidate)]),
    };

    private static JsonObject Candidate(Candidate candidate) => new()
    {
        ["hidden"] = candidate.Hidden, ["layers"] = candidate.Depth, ["learningRate"] = candidate.LearningRate,
        ["validationError"] = candidate.ValidationError is { } error ? Interval(error) : null,
        ["problem"] = candidate.Problem,
        ["trials"] = new JsonArray([.. candidate.Trials.Select(trial => new JsonObject { ["id"] = trial.Id, ["status"] = trial.Status })]),
    };

    private static JsonObject Interval(MeanInterval interval) => new()
    {
        ["mean"] = Terminal.Number(interval.Mean), ["sd"] = Terminal.Number(interval.Sd), ["low"] = Terminal.Number(interval.Low),
        ["high"] = Terminal.Number(interval.High), ["seeds"] = interval.Count,
    };

    private static JsonObject Comparison(ModelComparison pair) => new()
    {
        ["first"] = pair.First, ["second"] = pair.Second, ["seeds"] = pair.Seeds, ["examples"] = pair.Examples,
        ["firstBetter"] = pair.FirstBetter, ["secondBetter"] = pair.SecondBetter,
        ["examplesP"] = Terminal.Number(pair.ExamplesP), ["seedsP"] = Terminal.Number(pair.SeedsP), ["adjustedP"] = Terminal.Number(pair.AdjustedP),
        ["differ"] = pair.Differs,
    };
}
