using System.Runtime.ExceptionServices;
using Sonde.Analysis.Contents;
using Sonde.Analysis.Trials;
using Sonde.Diagnosis;
using Sonde.Records.Files;
using Sonde.Records.Runs;
using Sonde.Records.Trials;

namespace Sonde.Cli.Trials;

/// <summary>A trial of a run folder with its row of the table of trials. Its tables are not kept: a study may have thousands of trials.</summary>
/// <param name="Found">How it was found.</param>
/// <param name="Summary">Its row; null if it has recorded nothing, or if its tables were not read.</param>
internal sealed record LoadedTrial(FoundTrial Found, TrialSummary? Summary)
{
    // Opening a file costs about as much time as reading this many bytes.
    private const long BytesPerFile = 50_000;

    // About a second.
    private const long QuickBytes = 24_000_000;

    /// <summary>The last test error, in per cent; null if none is known.</summary>
    public double? TestError => Summary is null ? Found.Manifest?.Result?.TestError : Summary.TestError;

    /// <summary>Root of the mean squared error, and mean absolute error, of test examples; null unless targets are numbers.</summary>
    public (double? Rmse, double? Mae) Residuals => Summary is { TestRmse: not null } known ? (known.TestRmse, known.TestMae)
        : (Found.Manifest?.Result?.TestRmse, Found.Manifest?.Result?.TestMae);

    /// <summary>The test error in words: <c>test error 45.3 %</c>, <c>test R² 0.547, RMSE 2.3, MAE 1.9</c>; null if it is not known.</summary>
    public string? ErrorText => TestError is not { } error || !double.IsFinite(error) ? null
        : Found.Measure.Words("test", error) + (ErrorMeasure.Residuals(Residuals.Rmse, Residuals.Mae) is { } beside ? $", {beside}" : "");

    /// <summary>Reads every trial, begun or not, in the order of the study. A damaged one says so and hides none of the others.</summary>
    /// <param name="found">The trials.</param>
    /// <param name="run">The run folder.</param>
    /// <param name="progress">Receives how many trials were read, from any thread; null for nobody.</param>
    /// <param name="cancellation">Stops between two trials.</param>
    public static IReadOnlyList<LoadedTrial> ReadAll(RunFolder run, IReadOnlyList<FoundTrial> found, Action<int>? progress, CancellationToken cancellation)
    {
        var (trials, read) = (new LoadedTrial[found.Count], 0);
        try
        {
            Parallel.For(0, found.Count, new() { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellation }, k =>
            {
                trials[k] = Read(run, found[k]);
                progress?.Invoke(Interlocked.Increment(ref read));
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }
        return trials;
    }

    /// <summary>Returns every trial with what its <c>trial.json</c> says alone.</summary>
    public static IReadOnlyList<LoadedTrial> WithoutTables(IReadOnlyList<FoundTrial> found) => [.. found.Select(trial => new LoadedTrial(trial, null))];

    /// <summary>True if the tables of all trials are read within about a second.</summary>
    public static bool IsQuick(IReadOnlyList<FoundTrial> found) =>
        found.Where(trial => trial.Manifest is not null).Sum(trial => trial.Manifest!.Files.Sum(file => file.Bytes + BytesPerFile)) <= QuickBytes;

    /// <summary>Reads one trial.</summary>
    public static LoadedTrial Read(RunFolder run, FoundTrial found)
    {
        try
        {
            return new(found, found.Manifest is null ? null : TrialSummary.Of(run.ReadStatistics(found.Id)));
        }
        catch (RecordException damage)
        {
            return new(
                found with { Status = FoundStatus.Damaged, Message = damage.Message }, FindSummary(run.ReadWhatIsWhole(found.Id)));
        }
        catch (FormatException unknown)
        {
            return new(found with { Status = FoundStatus.Damaged, Message = unknown.Message }, null);
        }
    }

    private static TrialSummary? FindSummary(RecordedTrial records)
    {
        try
        {
            return TrialSummary.Of(records);
        }
        catch (FormatException)
        {
            // Its trial.json is what is damaged, so nothing is known of its network.
            return null;
        }
    }
}
