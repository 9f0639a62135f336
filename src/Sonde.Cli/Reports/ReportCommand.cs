using System.CommandLine;
using System.Text.Json.Nodes;
using Sonde.Analysis.Contents;
using Sonde.Cli.Shell;
using Sonde.Figures;
using Sonde.Paper.Curves;
using Sonde.Records.Runs;

namespace Sonde.Cli.Reports;

/// <summary><c>sonde report</c>: draws the figures and the report of a run folder.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var named = new Argument<string[]>("TRIAL")
        {
            Description = "Further trials to draw; a large study is drawn only in part", Arity = ArgumentArity.ZeroOrMore,
        };
        var isStatic = new Option<bool>("--static") { Description = "Write the report without scripts: the same figures, to look at and to print." };
        var verb = new Verb("report", "Draws all figures of a run folder again and writes its report.html. It reads the records and trains nothing.",
            "sonde report runs/first-look", "sonde report runs/first-look --static     # without scripts", "sonde report runs/first-look --json",
            "sonde report runs/grid tanh-s17     # of a large study, this trial too")
        {
            directory, named, isStatic, json,
        };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var run = RunFolder.Open(parsed.GetValue(directory)!);
            var report = await Interruptible.Run(
                token => StudyReport.Write(run, RunContents.Read(run), Terminal.Notice, StudyReport.OpenOfUser, PaperGhosts.GetCurves,
                    parsed.GetValue(named), parsed.GetValue(isStatic), token),
                cancellation);
            if (parsed.GetValue(json))
                Terminal.WriteJson(new JsonObject
                {
                    ["study"] = run.Study, ["directory"] = run.Directory, ["report"] = report.Report,
                    ["figures"] = new JsonArray([.. report.Figures.Select(f => JsonValue.Create(f))]),
                    ["leftOut"] = new JsonArray([.. report.LeftOut.Select(figure => JsonValue.Create(figure.ToString()))]),
                });
            else
                WritePaths(report);
            return ExitCode.Done;
        });
        return verb;
    }

    /// <summary>Finds the report of a run folder, if it was drawn after a moment; else null.</summary>
    /// <param name="run">The run folder.</param>
    /// <param name="lastWritten">When a trial last changed, in ticks of UTC.</param>
    public static string? FindCurrent(RunFolder run, long lastWritten) =>
        Path.Combine(run.Directory, FigureSet.ReportName) is var report && Directory.Exists(Path.Combine(run.Directory, FigureSet.FolderName))
            && File.Exists(report) && File.GetLastWriteTimeUtc(report).Ticks > lastWritten ? report : null;

    /// <summary>Writes where report and figures are.</summary>
    public static void WritePaths(FigureSet report)
    {
        Terminal.WriteLine();
        Terminal.WriteLine($"report   {report.Report}");
        Terminal.WriteLine($"figures  {Path.Combine(Path.GetDirectoryName(report.Report)!, "figures")} ({report.Figures.Count} files, PNG and SVG)");
    }
}
