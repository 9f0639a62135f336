using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Analysis.Contents;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Figures;
using Sonde.Records.Files;
using Sonde.Records.Runs;

namespace Sonde.Cli.Reports;

/// <summary><c>sonde report</c>: draws the figures and the report of a run folder.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "A run folder" };
        var named = new Argument<string[]>("TRIAL")
        {
            Description = "Further trials to draw; a large study is drawn only in part", Arity = ArgumentArity.ZeroOrMore,
        };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var verb = new Verb("report", "Draws every figure of a run folder and writes its report.html, from the records alone.",
            "sonde report runs/first-look", "sonde report runs/first-look --json", "sonde report runs/grid tanh-s17     # of a large study, this trial too")
        {
            directory, named, json,
        };
        verb.SetAction(parsed =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            var report = StudyReport.Write(run, RunContents.Read(run), text => Console.Error.WriteLine(text), parsed.GetValue(named));
            if (parsed.GetValue(json))
                Terminal.WriteJson(new JsonObject
                {
                    ["study"] = run.Study, ["directory"] = run.Directory, ["report"] = report.Report,
                    ["figures"] = new JsonArray([.. report.Figures.Select(f => JsonValue.Create(f))]),
                    ["leftOut"] = new JsonArray([.. report.LeftOut.Select(figure => JsonValue.Create(figure.ToString()))]),
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
        return StudyReport.Write(run, [.. seen.Select(trial => trial.Found)], notice);
    }

    /// <summary>Says where they are.</summary>
    public static void Say(FigureSet report)
    {
        Console.Out.WriteLine();
        Console.Out.WriteLine($"report   {report.Report}");
        Console.Out.WriteLine($"figures  {Path.Combine(Path.GetDirectoryName(report.Report)!, "figures")} ({report.Figures.Count} files, PNG and SVG)");
    }
}
