using Sonde.Analysis.Contents;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Cli.Trials;

/// <summary>A trial as found, and its records where it has any that can be read.</summary>
internal sealed record SeenTrial(FoundTrial Found, RecordedTrial? Records);

/// <summary>The trials of a run folder in the order of its study.</summary>
internal static class RunTrials
{
    /// <summary>Every trial, begun or not, with its records; one whose files are damaged says so and hides none of the others.</summary>
    public static IReadOnlyList<SeenTrial> Read(RunFolder run) => [.. RunContents.Read(run).Select(found => Read(run, found))];

    /// <summary>One trial with its records.</summary>
    public static SeenTrial Read(RunFolder run, FoundTrial found)
    {
        try
        {
            return new(found, found.Manifest is null ? null : run.ReadTrial(found.Id));
        }
        catch (RecordException damage)
        {
            return new(found with { Status = FoundStatus.Damaged, Message = damage.Message }, run.ReadWhatIsWhole(found.Id));
        }
    }
}
