using System.CommandLine;
using Sonde.Records;

namespace Sonde.Cli;

/// <summary><c>sonde status</c>: how the trials of a run folder stand, also while it is being written.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "A run folder" };
        var json = new Option<bool>("--json") { Description = "Print one JSON document" };
        var verb = new Verb("status", "Shows how the trials of a run folder stand, also while they train.",
            "sonde status runs/first-look", "sonde status runs/first-look --json") { directory, json };
        verb.SetAction(parsed => Show(RunFolder.Open(parsed.GetValue(directory)!), parsed.GetValue(json)));
        return verb;
    }

    private static int Show(RunFolder run, bool asJson)
    {
        var trials = RunTrials.Read(run);
        if (asJson)
        {
            Terminal.WriteJson(RunJson.Of(run, trials));
            return ExitCode.Done;
        }
        TrialTable.Write(trials, RunTrials.Ids(run).Except(trials.Select(t => t.Manifest.Id)));
        if (trials.Any(t => t.Manifest.Status == TrialStatus.Running))
            Console.Out.WriteLine("A trial that says running is training now, or was killed: the command that ran it goes on from its last checkpoint.");
        return ExitCode.Done;
    }
}
