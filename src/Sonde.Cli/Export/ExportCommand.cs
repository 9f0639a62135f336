using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Records.Runs;

namespace Sonde.Cli.Export;

/// <summary><c>sonde export</c>: the tables of a run folder in another format.</summary>
internal static class ExportCommand
{
    private const string Csv = "csv";

    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "A run folder" };
        var format = new Option<string>("--to") { Description = "The format", HelpName = Csv, DefaultValueFactory = _ => Csv };
        var output = new Option<string?>("--out") { Description = "The folder to write to; made if need be (default: DIR/csv)", HelpName = "FOLDER" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        format.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && token.Value != Csv)
                result.AddError($"--to: expected {Csv}, got '{token.Value}'.");
        });
        var verb = new Verb("export", "Writes every table of every trial as CSV, one file a kind of table with the trial's id in the first column.",
            "sonde export runs/first-look --to csv", "sonde export runs/first-look --to csv --out ~/tables --json") { directory, format, output, json };
        verb.SetAction(parsed =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            var folder = parsed.GetValue(output) ?? Path.Combine(run.Directory, Csv);
            var export = CsvExport.Write(run, folder);
            foreach (var trial in export.LeftOut)
                Console.Error.WriteLine($"the tables of {trial.Id} are left out: {trial.Message}");
            if (parsed.GetValue(json))
                Terminal.WriteJson(new JsonObject
                {
                    ["study"] = run.Study, ["directory"] = run.Directory, ["folder"] = folder,
                    ["files"] = new JsonArray([.. export.Files.Select(file => new JsonObject { ["file"] = file.Path, ["rows"] = file.Rows })]),
                    ["leftOut"] = new JsonArray([.. export.LeftOut.Select(trial => JsonValue.Create(trial.Id))]),
                });
            else
                foreach (var (path, rows) in export.Files)
                    Console.Out.WriteLine($"{path}  {rows} {(rows == 1 ? "row" : "rows")}");
            return export.LeftOut.Count > 0 ? ExitCode.SomeTrialsFailed : ExitCode.Done;
        });
        return verb;
    }
}
