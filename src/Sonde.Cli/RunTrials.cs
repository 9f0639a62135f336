using Sonde.Records;
using Sonde.Studies;

namespace Sonde.Cli;

/// <summary>The trials of a run folder in the order of its study.</summary>
internal static class RunTrials
{
    /// <summary>Every trial that has begun, with its records; of one that is damaged, what is whole.</summary>
    public static IReadOnlyList<RecordedTrial> Read(RunFolder run)
    {
        var begun = run.Trials.ToHashSet();
        return [.. Ids(run).Where(begun.Contains).Select(run.ReadWhatIsWhole)];
    }

    /// <summary>The ids of all trials, begun or not; where <c>study.yaml</c> cannot be read, of those that have begun.</summary>
    public static IReadOnlyList<string> Ids(RunFolder run)
    {
        try
        {
            return run.ReadStudy() is { } text ? [.. StudyFile.Parse(text, "study.yaml").Trials.Select(t => t.Id)] : run.Trials;
        }
        catch (Exception e) when (e is StudyException or RecordException)
        {
            return run.Trials;
        }
    }
}
