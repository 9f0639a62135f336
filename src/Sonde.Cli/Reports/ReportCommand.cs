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
        var directory = new Argument<string>("DIR") { Description = "A run folder" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var verb = new Verb("report", "Draws every figure of a run folder and writes its report.html, from the records alone.",
            "sonde report runs/first-look", "sonde report runs/first-look --json")
        {
            directory, json,
        };
        verb.SetAction(parsed =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            var report = Write(run, RunTrials.Read(run), text => Console.Error.WriteLine(text));
            if (parsed.GetValue(json))
                Terminal.WriteJson(new JsonObject
                {
                    ["study"] = run.Study, ["directory"] = run.Directory, ["report"] = report.Report,
                    ["figures"] = new JsonArray([.. report.Figures.Select(f => JsonValue.Create(f))]),
                });
            else
                Say(report);
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>Draws and writes everything that can be read.</summary>
    /// <exception cref="RecordException">No trial has begun, or none can be read.</exception>
    public static FigureSet Write(RunFolder run, IReadOnlyList<SeenTrial> seen, Action<string> notice)
    {
        foreach (var damaged in seen.Where(trial => trial.Found.Status == FoundStatus.Damaged))
            notice($"{damaged.Found.Id} is drawn as far as it is whole: {damaged.Found.Message}");
        var trials = seen.Select(trial => trial.Records).OfType<RecordedTrial>().ToList();
        if (trials.Count == 0)
            throw new RecordException($"{run.Directory}: expected at least one trial to draw, found none. Run the study first: 'sonde run STUDY --out "
                + $"{run.Directory}'.");
        notice($"drawing figures of {trials.Count} {(trials.Count == 1 ? "trial" : "trials")}");
        return FigureSet.WriteAll(trials, run.Study, run.Directory, Selection(run, seen, notice));
    }

    // A report of all that can be read is worth having when the models cannot be compared.
    private static StudySelection? Selection(RunFolder run, IReadOnlyList<SeenTrial> seen, Action<string> notice)
    {
        try
        {
            return StudySelection.Of(run, [.. seen.Select(trial => trial.Found)]);
        }
        catch (RecordException cause)
        {
            notice($"the models are not compared: {cause.Message}");
            return null;
        }
    }

    /// <summary>Says where they are.</summary>
    public static void Say(FigureSet report)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine($"report   {report.Report}");
        Console.Out.WriteLine($"figures  {Path.Combine(Path.GetDirectoryName(report.Report)!, "figures")} ({report.Figures.Count} files, PNG and SVG)");
    }
}
