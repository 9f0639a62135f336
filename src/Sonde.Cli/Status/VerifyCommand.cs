using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Analysis.Contents;
using Sonde.Cli.Shell;
using Sonde.Records.Compacting;
using Sonde.Records.Files;
using Sonde.Records.Runs;

namespace Sonde.Cli.Status;

/// <summary><c>sonde verify</c>: reads every byte of a run folder.</summary>
internal static class VerifyCommand
{
    private const int MostNamed = 4;

    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var verb = new Verb("verify", "Checks every file of a run folder against the size and digest in its trial.json. It changes nothing. The exit code is 0 "
            + "if all files are as Sonde wrote them, else 1.",
            "sonde verify runs/first-look",
            "sonde verify runs/first-look --json | jq '.trials[] | select(.damage != [])'") { directory, json };
        verb.SetAction(parsed => Show(RunFolder.Open(parsed.GetValue(directory)!), parsed.GetValue(json)));
        return verb;
    }

    private static int Show(RunFolder run, bool asJson)
    {
        var check = RunCheck.FromFolder(run);
        // No digest says that a trial's folder is gone; only the study does.
        var parts = Parts(run);
        string[] waiting = [.. RunContents.Read(run).Where(trial => trial.Status == FoundStatus.Waiting).Select(trial => trial.Id)];
        if (asJson)
            Terminal.WriteJson(ToJson(run, check, waiting, parts));
        else
            WriteText(run, check, waiting, parts);
        return check.IsWhole ? ExitCode.Done : ExitCode.Failed;
    }

    private static JsonObject ToJson(RunFolder run, RunCheck check, string[] waiting, string[] parts) => new()
    {
        ["study"] = run.Study,
        ["directory"] = run.Directory,
        ["isWhole"] = check.IsWhole,
        ["damage"] = Texts(check.Damage),
        ["withoutRecords"] = Texts(waiting),
        ["parts"] = Texts(parts),
        ["trials"] = new JsonArray([.. check.Trials.Select(trial => (JsonNode)new JsonObject
        {
            ["id"] = trial.Id, ["status"] = trial.Status, ["files"] = trial.Files, ["bytes"] = trial.Bytes,
            ["damage"] = Texts(trial.Damage), ["leftOver"] = Texts(trial.LeftOver),
        })]),
    };

    /// <summary>Says which joined tables hold rows that do not count any more.</summary>
    private static string[] Parts(RunFolder run)
    {
        try
        {
            return [.. StudyCompaction.PartsIn(run, run.ReadableManifests()).Where(part => part.Strays.Count > 0).Select(part => $"{part.Name}: the rows of "
                + $"{QuantityText.Count(part.Strays.Count, "trial")} in it do not count, because the trial continued since or a process was stopped. "
                + $"'sonde compact {run.Directory}' removes them.")];
        }
        catch (RecordException)
        {
            // The trials in the damaged part say so.
            return [];
        }
    }

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static void WriteText(RunFolder run, RunCheck check, string[] waiting, string[] parts)
    {
        foreach (var part in parts)
            Terminal.WriteLine(part);
        foreach (var damage in check.Damage)
            Terminal.WriteLine(damage);
        foreach (var trial in check.Trials)
        {
            Terminal.WriteLine($"{trial.Id}: {trial.Status}, {trial.Files} files, {trial.Bytes:#,0} bytes");
            foreach (var damage in trial.Damage)
                Terminal.WriteLine($"  {damage}");
            foreach (var name in trial.LeftOver)
                Terminal.WriteLine($"  {name} is not part of the trial: a process left it behind, or Sonde moved it aside.");
        }
        if (waiting.Length > 0)
            Terminal.WriteLine($"{QuantityText.Count(waiting.Length, "trial")} of the study {(waiting.Length == 1 ? "has" : "have")} no records: "
                + $"not begun yet, or removed since: {string.Join(", ", waiting.Take(MostNamed))}"
                + (waiting.Length > MostNamed ? $" and {waiting.Length - MostNamed} more" : ""));
        var damages = check.Damage.Count + check.Trials.Sum(trial => trial.Damage.Count);
        var verdict = check.IsWhole ? "all files are as Sonde wrote them" : $"{damages} {(damages == 1 ? "file is" : "files are")} not as Sonde wrote them";
        Terminal.WriteLine($"{run.Directory}: {verdict}");
    }
}
