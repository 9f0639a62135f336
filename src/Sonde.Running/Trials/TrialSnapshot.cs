using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Records.Trials;

namespace Sonde.Running.Trials;

/// <summary>A trial's state when it was reported.</summary>
/// <param name="Id">The trial.</param>
/// <param name="Now">Its state.</param>
public sealed record TrialReport(string Id, TrialSnapshot Now);

/// <summary>The state of a trial at one moment.</summary>
/// <param name="Status">A word of <see cref="TrialStatus"/>, or <see cref="TrialProgress.Waiting"/>.</param>
/// <param name="Update">Updates done; below 0 in pre-training.</param>
/// <param name="TrainingSeconds">Seconds in the update loop, over all attempts.</param>
/// <param name="StartedAt">Updates that were done when this process took the trial up.</param>
/// <param name="StartSeconds">Training seconds that were spent when this process took the trial up.</param>
/// <param name="TestError">The last test error, in per cent; null before the first.</param>
/// <param name="Saturated">Share (0 to 1) of saturated activations of each hidden layer at the last observation; empty if the activation cannot
/// saturate.</param>
/// <param name="Message">What went wrong; else null.</param>
public sealed record TrialSnapshot(
    string Status, long Update, double TrainingSeconds, long StartedAt, double StartSeconds, double? TestError, IReadOnlyList<double> Saturated,
    string? Message)
{
    /// <summary>Names of the faults that are said of the trial, causes first; empty if there are none.</summary>
    public IReadOnlyList<string> Findings { get; init; } = [];

    /// <summary>Root of the mean squared test error, in the unit of the targets; null before the first, and unless targets are numbers.</summary>
    public double? TestRmse { get; init; }

    /// <summary>Mean absolute test error, likewise.</summary>
    public double? TestMae { get; init; }

    /// <summary>What readers see of the test error.</summary>
    internal ErrorMeasure Measure { get; init; } = ErrorMeasure.Of(TargetKind.Classes);

    /// <summary>The test error in words: <c>test error 45.3 %</c>, <c>test R² 0.547, RMSE 2.3, MAE 1.9</c>; null before the first.</summary>
    internal string? ErrorText => TestError is not { } error ? null
        : Measure.Words("test", error) + (ErrorMeasure.Residuals(TestRmse, TestMae) is { } beside ? $", {beside}" : "");

    /// <summary>When the last minute or two began.</summary>
    internal TrainingMark Recently { get; init; } = new(StartedAt, StartSeconds);

    /// <summary>Updates per second of the update loop since this process took the trial up; null before the first.</summary>
    public double? UpdatesPerSecond => RateSince(new(StartedAt, StartSeconds));

    /// <summary>Updates per second of the last minute or two, which says more about the time left: other programs come and go, and laptops sleep. Null
    /// before the first update.</summary>
    public double? RecentUpdatesPerSecond => RateSince(Recently);

    private double? RateSince(TrainingMark mark) =>
        Update > mark.Update && TrainingSeconds > mark.Seconds ? (Update - mark.Update) / (TrainingSeconds - mark.Seconds) : null;
}

/// <summary>A moment of training.</summary>
/// <param name="Update">Updates done.</param>
/// <param name="Seconds">Seconds in the update loop, over all attempts.</param>
internal readonly record struct TrainingMark(long Update, double Seconds);
