using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Records.Runs;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Export;

/// <summary><c>sonde export</c>: the tables of a run folder as other programs like them.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var format = CommonOptions.OneOf("--to", "The format", ExportFormats.All, ExportFormats.Csv);
        var output = CommonOptions.Folder("--out", "The folder to write to; Sonde makes it (default: DIR/csv or DIR/parquet).");
        var verb = new Verb("export", "Writes the tables of all trials as CSV or Parquet: one file for each kind of table, with the trial's id in the first "
            + "column.",
            "sonde export runs/first-look --to csv", "sonde export runs/first-look --to parquet",
                "sonde export runs/first-look --to csv --out ~/tables --json") { directory, format, output, json };
        verb.SetAction(parsed =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            var folder = parsed.GetValue(output) ?? Path.Combine(run.Directory, parsed.GetValue(format)!);
            if (File.Exists(folder))
                throw new StudyException($"--out: expected a folder for the tables, got the file {folder}. Name a folder.");
            var export = RunExport.Write(run, folder, parsed.GetValue(format)!);
            foreach (var trial in export.LeftOut)
                Terminal.Notice($"{trial.Id} is left out, because its tables are damaged: {trial.Message}");
            if (parsed.GetValue(json))
                Terminal.WriteJson(new JsonObject
                {
                    ["study"] = run.Study, ["directory"] = run.Directory, ["folder"] = folder,
                    ["files"] = new JsonArray([.. export.Files.Select(file => new JsonObject { ["file"] = file.Path, ["rows"] = file.Rows })]),
                    ["leftOut"] = new JsonArray([.. export.LeftOut.Select(trial => JsonValue.Create(trial.Id))]),
                });
            else
                foreach (var (path, rows) in export.Files)
                    Terminal.WriteLine($"{path}  {QuantityText.Count(rows, "row")}");
            return export.LeftOut.Count > 0 ? ExitCode.SomeTrialsFailed : ExitCode.Done;
        });
        return verb;
    }
}
