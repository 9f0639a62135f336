using System.Text.Json.Nodes;
using Sonde.Analysis.Selecting;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Records.Trials;

namespace Sonde.Cli.Compare;

/// <summary>Two trials side by side as JSON.</summary>
internal static class PairJson
{
    public static JsonObject Of(TrialPair pair) => new()
    {
        ["first"] = Trial(pair.First),
        ["second"] = Trial(pair.Second),
        ["differences"] = new JsonArray([.. pair.Differences.Select(d => new JsonObject { ["setting"] = d.Key, ["first"] = d.First, ["second"] = d.Second })]),
        ["curves"] = new JsonObject(((string[])["train", "validation", "test"]).Select(split => KeyValuePair.Create(split, (JsonNode?)Curve(pair, split)))),
        ["layers"] = new JsonArray([.. PairRows.Layers(pair).Select(layer => Layer(pair, layer))]),
        ["answers"] = pair.Answers is { } answers ? new JsonObject
        {
            ["bothRight"] = answers.BothRight, ["onlyFirstRight"] = answers.OnlyFirstRight, ["onlySecondRight"] = answers.OnlySecondRight,
            ["bothWrong"] = answers.BothWrong, ["p"] = answers.P,
        } : null,
        ["whyNoAnswers"] = pair.WhyNoAnswers,
    };

    private static JsonObject Trial(RecordedTrial trial) => new()
    {
        ["id"] = trial.Manifest.Id, ["setting"] = RunJson.Setting(trial.Manifest.Setting), ["status"] = trial.Manifest.Status,
        ["updates"] = trial.Manifest.Updates, ["lastRecordedUpdate"] = PairRows.LastUpdate(trial),
    };

    private static JsonArray Curve(TrialPair pair, string split) => new([.. PairRows.Curve(pair, split).Select(point => new JsonObject
    {
        ["update"] = point.Update, ["first"] = Terminal.Number(point.First), ["second"] = Terminal.Number(point.Second),
    })]);

    private static JsonObject Layer(TrialPair pair, (string Name, int First, int Second) layer)
    {
        static JsonObject Side(RecordedTrial trial, int layer) =>
            new(PairRows.Columns.Select(column => KeyValuePair.Create(column.Name, Terminal.Number(PairRows.Last(trial, layer, column)))));
        return new() { ["layer"] = layer.Name, ["first"] = Side(pair.First, layer.First), ["second"] = Side(pair.Second, layer.Second) };
    }
}
