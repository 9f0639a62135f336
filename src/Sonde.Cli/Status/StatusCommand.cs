using System.CommandLine;
using Sonde.Analysis.Contents;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Interop.Watching;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Cli.Status;

/// <summary><c>sonde status</c>: the state of every trial of a run folder, also while they are trained.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var (directory, json) = (CommonOptions.RunFolder(), CommonOptions.Json());
        var follow = new Option<bool>("--follow")
        {
            Description = "Update the display every second until all trials have ended. Ctrl-C ends the display, "
            + "not the training."
        };
        var verdicts = new Option<bool>("--verdicts")
        {
            Description = "Read the tables of all trials, also if that takes longer than about a second, to show saturation, gradients and verdicts.",
        };
        var all = new Option<bool>("--all")
        {
            Description = $"Show a row for every trial. Without it, a study of more than {ShownTrials.MostWhole} trials shows those that train, stopped or "
            + "went wrong, and the best.",
        };
        var verb = new Verb("status", "Shows the state of every trial of a run folder, also while they train or after their process was killed.",
            "sonde status runs/first-look", "sonde status runs/first-look --follow", "sonde status runs/first-look --json",
            "sonde status runs/grid --verdicts     # of a large study, too") { directory, follow, verdicts, all, json };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var asJson = parsed.GetValue(json);
            var run = await Interruptible.Run(() => RunFolder.Open(parsed.GetValue(directory)!), cancellation);
            if (parsed.GetValue(follow) && !await new StatusFollower(run, asJson).Follow(cancellation))
                return ExitCode.Interrupted;
            var trials = await Interruptible.Run(() => Read(run, parsed.GetValue(verdicts), cancellation), cancellation);
            if (asJson)
                Terminal.WriteJson(RunJson.Of(run, trials));
            else
                Show(run, trials, parsed.GetValue(all));
            return parsed.GetValue(follow) ? ExitCode.Of(trials.Select(trial => trial.Found.Status)) : ExitCode.Done;
        });
        return verb;
    }

    private static IReadOnlyList<LoadedTrial> Read(RunFolder run, bool withVerdicts, CancellationToken cancellation)
    {
        var found = RunContents.Read(run);
        if (withVerdicts || LoadedTrial.IsQuick(found))
        {
            var paced = new PacedProgress(TimeProvider.System, Terminal.ErrorOutput);
            return LoadedTrial.ReadAll(run, found, read => paced.Report(() => $"reading tables: {read:#,0} of {found.Count:#,0} trials"), cancellation);
        }
        Terminal.Notice($"Verdicts are left out, because {QuantityText.Count(found.Count, "trial")} of this size take longer to read. 'sonde status "
            + $"{run.Directory} --verdicts' reads them; report.html has those that matter.");
        return LoadedTrial.WithoutTables(found);
    }

    /// <summary>Returns the command that shows a row for every trial of a run folder.</summary>
    public static string OfAll(RunFolder run) => $"sonde status {run.Directory} --all";

    private static void Show(RunFolder run, IReadOnlyList<LoadedTrial> trials, bool all)
    {
        TrialTable.Write(run.Study, trials, all ? null : OfAll(run));
        foreach (var found in trials.Select(trial => trial.Found).Where(found => found.Writer is not null))
            Terminal.WriteLine($"{found.Id}: {found.Writer} trains it");
        if (trials.Any(trial => trial.Found.Status is TrialStatus.Interrupted or TrialStatus.Failed or FoundStatus.Stopped))
            Terminal.WriteLine(ObservedRun.IsImported(run) ? "An import was stopped before it ended. Run the same 'sonde import' command again."
                : "Some trials were interrupted, failed or stopped (their process is gone). Run the same 'sonde run' command again: they "
                + "continue from their last checkpoint.");
    }
}
