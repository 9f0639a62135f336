using Sonde.Records.Trials;

namespace Sonde.Cli.Shell;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>All done.</summary>
    public const int Done = 0;

    /// <summary>It failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line or the study file is wrong.</summary>
    public const int WrongUsage = 2;

    /// <summary>A trial diverged or failed while others finished.</summary>
    public const int SomeTrialsFailed = 3;

    /// <summary>Stopped by a signal; everything is saved.</summary>
    public const int Interrupted = 130;

    /// <summary>What trials that are at their end amount to.</summary>
    /// <param name="statuses">A word of <see cref="TrialStatus"/> each.</param>
    public static int Of(IEnumerable<string> statuses)
    {
        var all = statuses.ToList();
        return all.TrueForAll(status => status == TrialStatus.Done) ? Done : all.Contains(TrialStatus.Done) ? SomeTrialsFailed : Failed;
    }
}
