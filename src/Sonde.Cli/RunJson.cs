using System.Text.Json.Nodes;
using Sonde.Figures;
using Sonde.Records;

namespace Sonde.Cli;

/// <summary>A run folder as the JSON document that other programs rely on.</summary>
internal static class RunJson
{
    public static JsonObject Of(RunFolder run, IReadOnlyList<RecordedTrial> trials, FigureSet? report = null)
    {
        var document = new JsonObject
        {
            ["study"] = run.Study,
            ["directory"] = run.Directory,
            ["trials"] = new JsonArray([.. trials.Select(Trial)]),
        };
        if (report is not null)
            document["report"] = report.Report;
        return document;
    }

    private static JsonObject Trial(RecordedTrial trial)
    {
        var (manifest, result) = (trial.Manifest, trial.Manifest.Result);
        return new()
        {
            ["id"] = manifest.Id,
            ["setting"] = new JsonObject(manifest.Setting.Select(s => KeyValuePair.Create(s.Key, (JsonNode?)JsonValue.Create(s.Value)))),
            ["status"] = manifest.Status,
            ["updates"] = manifest.Updates,
            ["trainingSeconds"] = Terminal.Number(result?.TrainingSeconds),
            ["testError"] = Terminal.Number(result?.TestError),
            ["testCost"] = Terminal.Number(result?.TestCost),
            ["validationError"] = Terminal.Number(result?.ValidationError),
            ["message"] = manifest.Message,
            ["verdict"] = TrialSummary.Of(trial).Verdict.Sentence,
        };
    }
}
