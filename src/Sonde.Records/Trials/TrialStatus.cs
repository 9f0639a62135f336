namespace Sonde.Records.Trials;

/// <summary>The words that <c>trial.json</c> has for how a trial stands.</summary>
public static class TrialStatus
{
    /// <summary>Training, or killed while it was: the same command goes on from its last checkpoint.</summary>
    public const string Running = "running";

    /// <summary>Stopped on a signal, all saved: the same command goes on.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>All updates done.</summary>
    public const string Done = "done";

    /// <summary>A number became NaN or infinite; the trial ends there.</summary>
    public const string Diverged = "diverged";

    /// <summary>An error stopped it, such as a full disk: the same command goes on from its last checkpoint.</summary>
    public const string Failed = "failed";

    /// <summary>A file of it is not as it was written. <c>trial.json</c> never says so: it is what a reader finds.</summary>
    public const string Damaged = "damaged";

    /// <summary>True for a trial that will not go on: its tables are whole.</summary>
    public static bool IsFinished(string status) => status is Done or Diverged;
}
