using Sonde.Records;

namespace Sonde.Studies.Looking;

/// <summary>Whether someone works on a trial that says it is running. This is the one place that decides it.</summary>
internal static class TrialPulse
{
    private const string LockFile = "trial.lock";

    /// <summary>True while a process holds the trial; false once it was killed.</summary>
    /// <remarks>A writer holds its lock file for itself alone, so a shared lock cannot be had while it lives. The lock is let go at once; a process that
    /// takes the trial up in that very moment is told that another one writes it.</remarks>
    public static bool IsFelt(RunFolder run, string id)
    {
        try
        {
            using var shared = new FileStream(Path.Combine(run.Directory, "trials", id, LockFile), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
