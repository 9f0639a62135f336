using Sonde.Analysis.Contents;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Cli.Trials;

/// <summary>A trial of a run folder with what it recorded.</summary>
/// <param name="Found">How it was found.</param>
/// <param name="Records">Its tables, as far as they can be read; null if there are none.</param>
internal sealed record LoadedTrial(FoundTrial Found, RecordedTrial? Records)
{
    /// <summary>Reads every trial, begun or not, in the order of the study. A damaged one says so and hides none of the others.</summary>
    public static IReadOnlyList<LoadedTrial> ReadAll(RunFolder run) => [.. RunContents.Read(run).Select(found => Read(run, found))];

    /// <summary>Reads one trial.</summary>
    public static LoadedTrial Read(RunFolder run, FoundTrial found)
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
