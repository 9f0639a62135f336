using System.Diagnostics;
using System.Globalization;
using Sonde.Running.Estimating;

namespace Sonde.Running.Launching;

/// <summary>What one worker asks of a cluster, each number with the sentence that gives its reason.</summary>
/// <param name="Threads">Threads per trial, 1 or more.</param>
/// <param name="Megabytes">Memory; null if nothing was measured.</param>
/// <param name="Time">Time until it is stopped; null if nothing was measured.</param>
internal sealed record WorkerNeeds(int Threads, long? Megabytes, TimeSpan? Time)
{
    private const long LeastMegabytes = 1024, MegabytesStep = 256, MinutesStep = 10;

    // Other processors are slower, and figures are drawn at the end.
    private const double TimeReserve = 2, MemoryReserve = 2;
    private const long SpareMinutes = 10;

    /// <summary>The reason for the threads.</summary>
    public required string ThreadsReason { get; init; }

    /// <summary>The reason for the memory; null if nothing was measured.</summary>
    public string? MemoryReason { get; init; }

    /// <summary>The reason for the time; null if nothing was measured.</summary>
    public string? TimeReason { get; init; }

    /// <summary>Works the needs out from an estimate that this process has just made.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="workers">Workers that share the trials, 1 or more.</param>
    /// <param name="givenThreads">What the user has given; null for nothing.</param>
    /// <param name="peakBytes">The most memory that the process of the estimate took.</param>
    public static WorkerNeeds Of(StudyEstimate estimate, int workers, int? givenThreads, long peakBytes)
    {
        var threads = givenThreads ?? Math.Max(1, estimate.Threads);
        var isMeasured = estimate.Seconds is not null && estimate.Threads > 0;
        var reason = givenThreads is not null ? "Threads of a worker: given with --threads."
            : estimate.Threads > 0 ? $"Threads of a worker: with these, all trials together make the most updates per second on {Environment.MachineName}."
            : "Threads of a worker: nothing was measured.";
        if (!isMeasured)
            return new(threads, null, null) { ThreadsReason = $"{reason} No memory and no time either, so the cluster's own limits count." };
        var longest = estimate.Trials.Max(trial => trial.Seconds!.Value);
        var share = estimate.Trials.Sum(trial => trial.Seconds!.Value) / workers;
        return new(threads, Math.Max(LeastMegabytes, RoundUp(peakBytes * MemoryReserve / 1e6, MegabytesStep)),
            TimeSpan.FromMinutes(RoundUp(Math.Max(longest, share) * TimeReserve / 60 + SpareMinutes, MinutesStep)))
        {
            ThreadsReason = reason,
            MemoryReason = string.Create(CultureInfo.InvariantCulture,
                $"Memory: twice what the estimate took with data and networks loaded, {peakBytes / 1e6:0} MB, and at least {LeastMegabytes} MB."),
            TimeReason = string.Create(CultureInfo.InvariantCulture,
                $"Time: twice {(longest > share ? "the longest trial's" : "each worker's share of the work")} on this machine, "
                    + $"{Math.Max(longest, share):#,0} seconds, and {SpareMinutes} minutes to spare. A worker that runs out of time saves, and loses nothing."),
        };
    }

    /// <summary>The most memory that this process has taken so far, in bytes.</summary>
    public static long PeakBytesOfThisProcess
    {
        get
        {
            using var process = Process.GetCurrentProcess();
            return process.PeakWorkingSet64;
        }
    }

    private static long RoundUp(double value, long step) => (long)Math.Ceiling(value / step) * step;
}
