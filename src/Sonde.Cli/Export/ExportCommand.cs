using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Records.Runs;
using Sonde.Studies.Errors;

namespace Sonde.Cli.Export;

/// <summary><c>sonde export</c>: the tables of a run folder, or its networks, as other programs like them.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var format = CommonOptions.OneOf("--to", "The format", ExportFormats.All, ExportFormats.Csv);
        var output = CommonOptions.Folder("--out", "The folder to write to; Sonde makes it (default: DIR/FORMAT).");
        var verb = new Verb("export", "Writes the tables of all trials as CSV or Parquet: one file for each kind of table, with the trial's id in the first "
            + "column. Or writes them as event files of TensorBoard, one for each trial. Or writes the networks of all trials: the state_dict of a PyTorch "
            + "network (safetensors), or ONNX.",
            "sonde export runs/first-look --to csv", "sonde export runs/first-look --to parquet",
            "sonde export runs/first-look --to csv --out ~/tables --json",
            "sonde export runs/first-look --to tensorboard   # then: tensorboard --logdir runs/first-look/tensorboard",
            "sonde export runs/first-look --to pytorch   # TRIAL.safetensors for each trial",
            "sonde export runs/first-look --to onnx") { directory, format, output, json };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            var folder = parsed.GetValue(output) ?? Path.Combine(run.Directory, parsed.GetValue(format)!);
            if (File.Exists(folder))
                throw new StudyException($"--out: expected a folder for the tables, got the file {folder}. Name a folder.");
            if (ExportFormats.IsOfWeights(parsed.GetValue(format)!))
                return await Interruptible.Run(() => WriteWeights(run, folder, parsed.GetValue(format)!, parsed.GetValue(json)), cancellation);
            var export = await Interruptible.Run(token => RunExport.Write(run, folder, parsed.GetValue(format)!, token), cancellation);
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

    private static int WriteWeights(RunFolder run, string folder, string format, bool asJson)
    {
        var export = WeightsExport.Write(run, folder, format);
        foreach (var sentence in export.LeftOut)
            Terminal.Notice(sentence);
        if (asJson)
            Terminal.WriteJson(new JsonObject
            {
                ["study"] = run.Study, ["directory"] = run.Directory, ["folder"] = folder,
                ["files"] = new JsonArray([.. export.Files.Select(file => new JsonObject { ["file"] = file.Path, ["parameters"] = file.Parameters })]),
                ["leftOut"] = new JsonArray([.. export.LeftOut.Select(sentence => JsonValue.Create(sentence))]),
            });
        else
            foreach (var (path, parameters) in export.Files)
                Terminal.WriteLine($"{path}  {QuantityText.Count(parameters, "parameter")}");
        return export.LeftOut.Count > 0 ? ExitCode.SomeTrialsFailed : ExitCode.Done;
    }
}
