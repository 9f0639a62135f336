using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Selecting;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Figures;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Cli.Reports;

/// <summary><c>sonde report</c>: draws the figures and the report of a run folder.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var verb = new Verb("report", "Draws all figures of a run folder again and writes its report.html. It reads the records and trains nothing.",
            "sonde report runs/first-look", "sonde report runs/first-look --json")
        {
            directory, json,
        };
        verb.SetAction(parsed =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            var report = Write(run, LoadedTrial.ReadAll(run), Terminal.Notice);
            if (parsed.GetValue(json))
                Terminal.WriteJson(new JsonObject
                {
                    ["study"] = run.Study, ["directory"] = run.Directory, ["report"] = report.Report,
                    ["figures"] = new JsonArray([.. report.Figures.Select(f => JsonValue.Create(f))]),
                });
            else
                WritePaths(report);
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>Draws and writes everything that can be read.</summary>
    /// <exception cref="RecordException">No trial has begun, or none can be read.</exception>
    public static FigureSet Write(RunFolder run, IReadOnlyList<LoadedTrial> loaded, Action<string> notice)
    {
        foreach (var damaged in loaded.Where(trial => trial.Found.Status == FoundStatus.Damaged))
            notice($"{damaged.Found.Id} is damaged; its figures show what can be read: {damaged.Found.Message}");
        var trials = loaded.Select(trial => trial.Records).OfType<RecordedTrial>().ToList();
        if (trials.Count == 0)
            throw new RecordException($"{run.Directory}: expected at least one trial to draw, found none. Run the study first: 'sonde run STUDY --out "
                + $"{run.Directory}'.");
        notice($"drawing the figures of {QuantityText.Count(trials.Count, "trial")}");
        return FigureSet.WriteAll(trials, run.Study, run.Directory, Selection(run, loaded, notice));
    }

    // If the models cannot be compared, a report of everything else is still worth having.
    private static StudySelection? Selection(RunFolder run, IReadOnlyList<LoadedTrial> loaded, Action<string> notice)
    {
        try
        {
            return StudySelection.Of(run, [.. loaded.Select(trial => trial.Found)]);
        }
        catch (RecordException cause)
        {
            notice($"the models are not compared: {cause.Message}");
            return null;
        }
    }

    /// <summary>Writes where report and figures are.</summary>
    public static void WritePaths(FigureSet report)
    {
        Terminal.WriteLine();
        Terminal.WriteLine($"report   {report.Report}");
        Terminal.WriteLine($"figures  {Path.Combine(Path.GetDirectoryName(report.Report)!, "figures")} ({report.Figures.Count} files, PNG and SVG)");
    }
}
