using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Diagnosis;
using Sonde.Records.Runs;

namespace Sonde.Cli.Diagnosing;

/// <summary>The document of <c>sonde diagnose --json</c>.</summary>
internal static class DiagnosisJson
{
    /// <summary>The word of an outcome.</summary>
    public static string WordOf(TrialOutcome outcome) => outcome switch
    {
        TrialOutcome.Learning => "learning",
        TrialOutcome.Slow => "slow",
        TrialOutcome.Plateau => "plateau",
        TrialOutcome.WillNotLearn => "will-not-learn",
        TrialOutcome.Diverged => "diverged",
        _ => "unknown",
    };

    /// <summary>Returns the document.</summary>
    public static JsonObject Of(RunFolder run, IReadOnlyList<DiagnosedTrial> trials) => new()
    {
        ["directory"] = run.Directory,
        ["trials"] = new JsonArray([.. trials.Select(Trial)]),
    };

    private static JsonObject Trial(DiagnosedTrial trial) => new()
    {
        ["id"] = trial.Found.Id,
        ["verdict"] = trial.Verdict?.Sentence ?? trial.Message,
        ["outcome"] = WordOf(trial.Verdict?.Outcome ?? TrialOutcome.Unknown),
        ["findings"] = new JsonArray([.. (trial.Verdict?.Findings ?? []).Select(finding => Finding(finding, trial))]),
        ["proof"] = RemedyJson.Proof(trial.Remedies?.Proof),
        ["notChecked"] = new JsonArray([.. (trial.Verdict?.NotChecked ?? []).Select(rule =>
            new JsonObject { ["id"] = rule.Id, ["name"] = rule.Name, ["because"] = rule.Because })]),
    };

    private static JsonObject Finding(Finding finding, DiagnosedTrial trial) => new()
    {
        ["id"] = finding.Id,
        ["name"] = finding.Name,
        ["label"] = finding.Label,
        ["layers"] = new JsonArray([.. finding.Layers.Select(layer => JsonValue.Create(layer))]),
        ["firstUpdate"] = finding.FirstUpdate,
        ["lastUpdate"] = finding.LastUpdate,
        ["confidence"] = Math.Round(finding.Confidence, 2),
        ["sentence"] = finding.Sentence,
        ["consequenceOf"] = finding.ConsequenceOf,
        ["mechanism"] = finding.Mechanism,
        ["source"] = finding.Source,
        ["evidence"] = new JsonObject(finding.Evidence.Select(e => KeyValuePair.Create(e.Key, Terminal.Number(e.Value)))),
        ["remedies"] = RemedyJson.Of(finding, trial),
    };
}
