using System.Text.Json.Nodes;
using Sonde.Analysis.Grids;
using Sonde.Cli.Shell;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Cli.Trials;

/// <summary>A run folder as the JSON document that other programs rely on.</summary>
internal static class RunJson
{
    /// <summary>Returns the document of <c>sonde run --json</c> and <c>sonde status --json</c>.</summary>
    public static JsonObject Of(RunFolder run, IReadOnlyList<LoadedTrial> trials, string? report = null)
    {
        var document = new JsonObject
        {
            ["study"] = run.Study,
            ["directory"] = run.Directory,
            ["trials"] = new JsonArray([.. trials.Select(Trial)]),
            ["summary"] = GridJson.Of(GridSummary.Of([.. trials.Select(trial => trial.Found)])),
        };
        if (report is not null)
            document["report"] = report;
        return document;
    }

    /// <summary>Returns a flat setting as an object.</summary>
    public static JsonObject Setting(IReadOnlyDictionary<string, string> setting) =>
        new(setting.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)JsonValue.Create(s.Value))));

    private static JsonObject Trial(LoadedTrial trial)
    {
        var (found, result) = (trial.Found, trial.Found.Manifest?.Result);
        return new()
        {
            ["id"] = found.Id,
            ["setting"] = Setting(found.Setting.Flat),
            ["status"] = found.Status,
            ["updates"] = found.Updates,
            ["trainingSeconds"] = Terminal.Number(result?.TrainingSeconds),
            ["testError"] = Terminal.Number(result?.TestError),
            ["testRmse"] = Terminal.Number(result?.TestRmse),
            ["testMae"] = Terminal.Number(result?.TestMae),
            ["testCost"] = Terminal.Number(result?.TestCost),
            ["validationError"] = Terminal.Number(result?.ValidationError),
            ["message"] = found.Message,
            ["stop"] = found.Manifest?.Stop is { } stop ? Stop(stop) : null,
            ["process"] = found.Writer,
            ["verdict"] = trial.Summary?.Verdict.Sentence,
        };
    }

    private static JsonObject Stop(TrialStop stop) => new()
    {
        ["reason"] = stop.Reason,
        ["update"] = stop.Update,
        ["by"] = stop.By,
        ["value"] = Terminal.Number(stop.Value),
        ["best"] = Terminal.Number(stop.Best),
        ["bestUpdate"] = stop.BestUpdate,
        ["atRung"] = stop.AtRung,
        ["rungs"] = stop.Rungs,
        ["place"] = stop.Place,
        ["among"] = stop.Among,
        ["continued"] = stop.Continued,
        ["id"] = stop.Id,
    };
}
