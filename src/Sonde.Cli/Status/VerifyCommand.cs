using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Records.Runs;

namespace Sonde.Cli.Status;

/// <summary><c>sonde verify</c>: looks at every byte of a run folder.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "A run folder" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var verb = new Verb("verify", "Checks every file of a run folder against the sizes and digests in its trial.json, and changes nothing. "
            + "Exit code 0 where all is as it was written, 1 where not.",
            "sonde verify runs/first-look",
            "sonde verify runs/first-look --json | jq '.trials[] | select(.damage != [])'") { directory, json };
        verb.SetAction(parsed => Show(RunFolder.Open(parsed.GetValue(directory)!), parsed.GetValue(json)));
        return verb;
    }

    private static int Show(RunFolder run, bool asJson)
    {
        var check = RunCheck.FromFolder(run);
        if (asJson)
            Terminal.WriteJson(ToJson(run, check));
        else
            WriteText(run, check);
        return check.IsWhole ? ExitCode.Done : ExitCode.Failed;
    }

    private static JsonObject ToJson(RunFolder run, RunCheck check) => new()
    {
        ["study"] = run.Study,
        ["directory"] = run.Directory,
        ["isWhole"] = check.IsWhole,
        ["damage"] = Texts(check.Damage),
        ["trials"] = new JsonArray([.. check.Trials.Select(trial => (JsonNode)new JsonObject
        {
            ["id"] = trial.Id, ["status"] = trial.Status, ["files"] = trial.Files, ["bytes"] = trial.Bytes,
            ["damage"] = Texts(trial.Damage), ["leftOver"] = Texts(trial.LeftOver),
        })]),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => JsonValue.Create(text))]);

    private static void WriteText(RunFolder run, RunCheck check)
    {
        foreach (var damage in check.Damage)
            Console.Out.WriteLine(damage);
        foreach (var trial in check.Trials)
        {
            Console.Out.WriteLine($"{trial.Id}: {trial.Status}, {trial.Files} files, {trial.Bytes:#,0} bytes");
            foreach (var damage in trial.Damage)
                Console.Out.WriteLine($"  {damage}");
            foreach (var name in trial.LeftOver)
                Console.Out.WriteLine($"  {name} does not count: it is left over or set aside");
        }
        var damages = check.Damage.Count + check.Trials.Sum(trial => trial.Damage.Count);
        var verdict = check.IsWhole ? "all is as it was written" : $"{damages} {(damages == 1 ? "file is" : "files are")} not as written";
        Console.Out.WriteLine($"{run.Directory}: {verdict}");
    }
}
