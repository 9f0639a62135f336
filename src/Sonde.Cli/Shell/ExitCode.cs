using Sonde.Records.Trials;

namespace Sonde.Cli.Shell;

/// <summary>The exit codes of <c>sonde</c>.</summary>
internal static class ExitCode
{
    /// <summary>Everything is done.</summary>
    public const int Done = 0;

    /// <summary>The command failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the study file is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>A trial diverged, or failed while others finished.</summary>
    public const int SomeTrialsFailed = 3;

    /// <summary>A signal stopped the command; everything is saved.</summary>
    public const int Interrupted = 130;

    /// <summary>Returns the code for trials that have ended.</summary>
    /// <param name="statuses">The status of each: a word of <see cref="TrialStatus"/>.</param>
    public static int Of(IEnumerable<string> statuses)
    {
        var all = statuses.ToList();
        return all.TrueForAll(status => status == TrialStatus.Done) ? Done
            : all.Exists(status => status is TrialStatus.Done or TrialStatus.Diverged) ? SomeTrialsFailed : Failed;
    }
}
