namespace Sonde.Records.Trials;

/// <summary>The words for a trial's status in <c>trial.json</c>.</summary>
public static class TrialStatus
{
    /// <summary>The trial trains, or its process was killed: the same command resumes at its last checkpoint.</summary>
    public const string Running = "running";

    /// <summary>A signal stopped it and everything is saved: the same command resumes.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>It has reached a rung of its study's search, and waits until it is decided whether it continues.</summary>
    public const string Paused = "paused";

    /// <summary>All updates are done, or as many as the study's rules let it do.</summary>
    public const string Done = "done";

    /// <summary>A number became NaN or infinite; the trial ends there.</summary>
    public const string Diverged = "diverged";

    /// <summary>An error stopped it, such as a full disk: the same command resumes at its last checkpoint.</summary>
    public const string Failed = "failed";

    /// <summary>Something changed one of its files. <c>trial.json</c> never says so: a reader finds it.</summary>
    public const string Damaged = "damaged";

    /// <summary>Returns true for a trial that does not train any more; its tables are whole.</summary>
    public static bool IsFinished(string status) => status is Done or Diverged;
}
