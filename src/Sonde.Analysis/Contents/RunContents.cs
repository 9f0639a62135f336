using Sonde.Records.Runs;

namespace Sonde.Analysis.Contents;

/// <summary>Reads every trial of a run folder, begun or not, in the order of its study. The folder may be in any state, and another process may write to
/// it.</summary>
public static class RunContents
{
    /// <summary>Reads the folder once. A damaged trial says so in its own row and does not hide the others.</summary>
    public static IReadOnlyList<FoundTrial> Read(RunFolder run)
    {
        ArgumentNullException.ThrowIfNull(run);
        var index = new RunIndex(run);
        index.Refresh();
        return index.Trials;
    }
}
