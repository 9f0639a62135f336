using System.CommandLine;
using Sonde.Cli.Reports;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Data.Fetching;
using Sonde.Figures;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Trials;
using Sonde.Running;
using Sonde.Running.Estimating;
using Sonde.Studies;

namespace Sonde.Cli.Run;

/// <summary><c>sonde run</c>: trains every trial of a study, or goes on where it stopped.</summary>
internal static class RunCommand
{
    private static readonly Argument<string> Study = new("STUDY") { Description = "A built-in study ('sonde studies' lists them) or a study file" };
    private static readonly Option<string?> Out = new("--out") { Description = "Run folder (default: runs/STUDYNAME)", HelpName = "DIR" };
    private static readonly Option<string[]> Set =
        new("--set") { Description = "Change a field of the study; give it once for each field", HelpName = "PATH=VALUE" };
    private static readonly Option<string?> Scale =
        new("--scale") { Description = "One of the sizes that the study offers under `scales`", HelpName = "NAME" };
    private static readonly Option<int?> Threads =
        Positive("--threads", "Threads a trial (default: what is fastest here, or the cores divided by --parallel); results do not depend on it");
    private static readonly Option<int?> Parallel =
        Positive("--parallel", "Trials that train at the same time (default: what is fastest here, or 1 with --threads)");
    private static readonly Option<string?> DataDirectory =
        new("--data-dir") { Description = "Folder with datasets (default: SONDE_DATA, then the user's cache)", HelpName = "DIR" };
    private static readonly Option<int?> TakeOver = Positive(
        "--take-over",
        $"Seconds without a sign of life after which another process's trial is taken over (default: {LeaseTaker.UsualPatience.TotalSeconds:0})");
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "List the trials and estimate time and disk; train and write nothing" };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document on standard output when done" };

    public static Command Create()
    {
        var verb = new Verb("run", "Trains every trial of a study and writes what was seen into a run folder. The same command again goes on where it stopped; "
            + "several at once, on one machine or a shared folder, share the work.",
            "sonde run first-look",
            "sonde run first-look --set training.updates=500 --out runs/short",
            "sonde run mine.yaml --set 'training.learningRate=[0.01, 0.1]' --parallel 2",
            "sonde run paper/shapeset --scale quick",
            "sonde run mine.yaml --dry-run              # which trials, how long, how much disk",
            "sonde run first-look --json > result.json")
        {
            Study, Scale, Out, Set, Threads, Parallel, TakeOver, DataDirectory, DryRun, Json,
        };
        verb.SetAction((ParseResult parsed, CancellationToken cancellation) => Run(parsed, cancellation));
        return verb;
    }

    private static async Task<int> Run(ParseResult parsed, CancellationToken cancellation)
    {
        var study = StudyList.Open(parsed.GetValue(Study)!, parsed.GetValue(Set) ?? [], parsed.GetValue(Scale));
        var directory = parsed.GetValue(Out) ?? Path.Combine("runs", study.Name);
        var options = new RunOptions
        {
            Data = DataFolder.OfUser(parsed.GetValue(DataDirectory)), Threads = parsed.GetValue(Threads), Parallel = parsed.GetValue(Parallel),
            TakeOverAfter = parsed.GetValue(TakeOver) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        if (parsed.GetValue(DryRun))
            return EstimateView.Show(study, directory, new StudyEstimator(study, directory, options, TimeProvider.System).Estimate(), parsed.GetValue(Json));
        var view = RunView.Open();
        var runner = new StudyRunner(study, directory, options, TimeProvider.System, view.Notice);
        view.Notice($"{study.Name}: {study.Trials.Count} {(study.Trials.Count == 1 ? "trial" : "trials")} into {directory}");
        // Not given the token: on a signal the trials save themselves first, then the task ends by itself.
        await view.Follow(runner.Trials, Task.Run(() => runner.Train(cancellation), CancellationToken.None));
        ErrorTrace.Write(runner.Failures);
        if (runner.Trials.Any(t => !TrialStatus.IsFinished(t.Now.Status)) && cancellation.IsCancellationRequested)
        {
            view.Notice("interrupted; everything is saved, and the same command goes on from here");
            return ExitCode.Interrupted;
        }
        return Show(runner, parsed.GetValue(Json), view, cancellation);
    }

    private static int Show(StudyRunner runner, bool asJson, RunView view, CancellationToken cancellation)
    {
        var trials = RunTrials.Read(runner.Run);
        var (report, isDrawn) = Draw(runner, trials, view, cancellation);
        if (asJson)
            Terminal.WriteJson(RunJson.Of(runner.Run, trials, report));
        else
            TrialTable.Write(trials);
        if (report is not null && !asJson)
            ReportCommand.Say(report);
        return isDrawn ? ExitCode.Of(runner.Trials.Select(trial => trial.Now.Status)) : ExitCode.Failed;
    }

    /// <summary>Draws figures and report, unless another process is at it: processes that share the work end together, and one of them draws for all.</summary>
    /// <returns>The figures drawn here, and false where that failed.</returns>
    private static (FigureSet? Report, bool IsDrawn) Draw(
        StudyRunner runner, IReadOnlyList<SeenTrial> trials, RunView view, CancellationToken cancellation)
    {
        if (trials.All(trial => trial.Records is null))
            return (null, true);
        try
        {
            using var turn = runner.Run.TryTakeLease(runner.Leases, cancellation);
            if (turn is not null)
                return (ReportCommand.Write(runner.Run, trials, view.Notice), true);
            view.Notice("another process draws the figures");
            return (null, true);
        }
        catch (Exception e) when (e is RecordException or IOException or UnauthorizedAccessException)
        {
            view.Notice($"the figures could not be drawn, the records are whole: {e.Message}");
            return (null, false);
        }
    }

    private static Option<int?> Positive(string name, string description)
    {
        var option = new Option<int?>(name) { Description = description, HelpName = "N" };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var value) || value is < 1 or > 1024))
                result.AddError($"{name}: expected a whole number from 1 to 1024, got '{result.Tokens[0].Value}'.");
        });
        return option;
    }
}
