using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Studies;

namespace Sonde.Cli.Run;

/// <summary><c>sonde studies</c>: the studies that come with Sonde.</summary>
internal static class StudiesCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("NAME") { Description = "Print this study's file instead of the list.", Arity = ArgumentArity.ZeroOrOne };
        var schema = new Option<bool>("--schema") { Description = "Print the JSON schema of study files, for editors." };
        var json = CommonOptions.Json();
        var verb = new Verb("studies", "Lists the built-in studies, or prints one as a start for your own.",
            "sonde studies", "sonde studies first-look > mine.yaml", "sonde studies --schema > study.schema.json", "sonde studies --json")
        {
            name, schema, json,
        };
        verb.SetAction(parsed => parsed.GetValue(schema) ? Print(StudySchema.Text)
            : parsed.GetValue(name) is { } study ? Print(StudyList.Text(study))
            : List(parsed.GetValue(json)));
        return verb;
    }

    private static int Print(string text)
    {
        Terminal.WriteText(text);
        return ExitCode.Done;
    }

    private static int List(bool asJson)
    {
        var studies = StudyList.Names.Select(name => (name, study: StudyList.Open(name))).ToList();
        if (asJson)
        {
            Terminal.WriteJson(new JsonObject
            {
                ["studies"] = new JsonArray([.. studies.Select(s => new JsonObject
                {
                    ["name"] = s.name, ["description"] = s.study.Description, ["trials"] = s.study.Trials.Count,
                })]),
            });
            return ExitCode.Done;
        }
        var table = new ResultTable(new("study"), new("trials", IsNumber: true), new("what it shows", IsProse: true));
        foreach (var (name, study) in studies)
            table.Add(name, $"{study.Trials.Count}", study.Description ?? "");
        table.Write();
        return ExitCode.Done;
    }
}
