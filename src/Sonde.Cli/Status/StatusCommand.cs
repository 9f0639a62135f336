using System.CommandLine;
using Sonde.Analysis.Contents;
using Sonde.Cli.Shell;
using Sonde.Cli.Trials;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Cli.Status;

/// <summary><c>sonde status</c>: how the trials of a run folder stand, also while it is being written.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "A run folder" };
        var follow = new Option<bool>("--follow") { Description = "Show it again and again until every trial has ended; Ctrl-C leaves, the study goes on" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var verb = new Verb("status", "Shows how the trials of a run folder stand, also while they train or after their process was killed.",
            "sonde status runs/first-look", "sonde status runs/first-look --follow", "sonde status runs/first-look --json") { directory, follow, json };
        verb.SetAction(async (parsed, cancellation) =>
        {
            var (run, asJson) = (RunFolder.Open(parsed.GetValue(directory)!), parsed.GetValue(json));
            if (parsed.GetValue(follow) && !await new StatusFollower(run, asJson).Follow(cancellation))
                return ExitCode.Interrupted;
            var trials = RunTrials.Read(run);
            Show(run, trials, asJson);
            return parsed.GetValue(follow) ? ExitCode.Of(trials.Select(trial => trial.Found.Status)) : ExitCode.Done;
        });
        return verb;
    }

    private static void Show(RunFolder run, IReadOnlyList<SeenTrial> trials, bool asJson)
    {
        if (asJson)
        {
            Terminal.WriteJson(RunJson.Of(run, trials));
            return;
        }
        TrialTable.Write(trials);
        Console.Out.WriteLine(StatusText.Counts([.. trials.Select(trial => trial.Found)]));
        if (trials.Any(trial => trial.Found.Status is TrialStatus.Interrupted or TrialStatus.Failed or FoundStatus.Stopped))
            Console.Out.WriteLine("Trials that were interrupted, failed or stopped (their process is gone) go on from their last checkpoint "
                + "when the command that ran them is given again.");
    }
}
