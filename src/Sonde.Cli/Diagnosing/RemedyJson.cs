using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Diagnosis;
using Sonde.Diagnosis.Remedies;
using Sonde.Running.Proving;
using Sonde.Studies;

namespace Sonde.Cli.Diagnosing;

/// <summary>Remedies in the document of <c>sonde diagnose --json</c>.</summary>
internal static class RemedyJson
{
    /// <summary>Returns the remedies of a finding, the likeliest first.</summary>
    public static JsonArray Of(Finding finding, DiagnosedTrial trial) => trial.Remedies is not { } remedies ? []
        : new([.. remedies.Of(finding).Select(remedy => Remedy(remedy, remedies.TriedOf(remedy), trial.Found.Setting))]);

    /// <summary>Returns the result of all remedies that were tried; null if none was.</summary>
    public static JsonObject? Proof(Proof? proof) => proof is null ? null : new()
    {
        ["sentence"] = proof.Sentence,
        ["updates"] = proof.Updates,
        ["best"] = proof.Best?.Remedy.Name,
        ["tried"] = new JsonArray([.. proof.Tried.Select(tried => JsonValue.Create(tried.Remedy.Name))]),
    };

    private static JsonObject Remedy(Remedy remedy, TriedRemedy? tried, RecordedSetting setting)
    {
        var json = new JsonObject
        {
            ["name"] = remedy.Name,
            ["set"] = new JsonObject(setting.FieldsOf(remedy.Change).Select(set => KeyValuePair.Create(set.Key, (JsonNode?)set.Value))),
            ["why"] = remedy.Why,
        };
        if (tried is not null)
            json["proof"] = new JsonObject
            {
                ["seeds"] = tried.Before.Count,
                ["before"] = Terminal.Number(tried.Before.Average()),
                ["after"] = Terminal.Number(tried.After.Average()),
                ["interval"] = new JsonArray(Terminal.Number(tried.Gain.Low), Terminal.Number(tried.Gain.High)),
                ["randomChanges"] = new JsonArray([.. tried.RandomAfter.Select(error => Terminal.Number(error))]),
                ["helps"] = tried.Helps,
            };
        return json;
    }
}
