using System.Diagnostics;
using System.Globalization;
using Sonde.Running.Estimating;

namespace Sonde.Running.Launching;

/// <summary>What one worker asks of a cluster, each number with the sentence that gives its reason.</summary>
/// <param name="Threads">Threads per trial, 1 or more.</param>
/// <param name="Megabytes">Memory; null if nothing was measured.</param>
/// <param name="Minutes">Time until it is stopped; null if nothing was measured.</param>
/// <param name="Reasons">One sentence for each number, under the option of <c>sbatch</c> that gets it.</param>
internal sealed record WorkerNeeds(int Threads, long? Megabytes, long? Minutes, IReadOnlyList<(string Key, string Sentence)> Reasons)
{
    private const long LeastMegabytes = 1024, MegabytesStep = 256, MinutesStep = 10;

    // Other processors are slower, and figures are drawn at the end.
    private const double TimeReserve = 2, MemoryReserve = 2;
    private const long SpareMinutes = 10;

    /// <summary>Works the needs out from an estimate that this process has just made.</summary>
    /// <param name="estimate">The estimate.</param>
    /// <param name="workers">Workers that share the trials, 1 or more.</param>
    /// <param name="givenThreads">What the user has given; null for nothing.</param>
    /// <param name="peakBytes">The most memory that the process of the estimate took.</param>
    public static WorkerNeeds Of(StudyEstimate estimate, int workers, int? givenThreads, long peakBytes)
    {
        var threads = givenThreads ?? Math.Max(1, estimate.Threads);
        var reasons = new List<(string, string)>
        {
            ("cpus-per-task", givenThreads is not null ? $"{Words(threads)} per worker: given with --threads."
                : estimate.Threads > 0 ? $"{Words(threads)} per worker: most updates per second over all trials on {Environment.MachineName}."
                : "One thread per worker: nothing was measured."),
        };
        if (estimate.Seconds is null || estimate.Threads == 0)
        {
            reasons.Add(("mem", "No memory and no time: nothing was measured, so the cluster's own limits count."));
            return new(threads, null, null, reasons);
        }
        var megabytes = Math.Max(LeastMegabytes, RoundUp(peakBytes * MemoryReserve / 1e6, MegabytesStep));
        reasons.Add(("mem", string.Create(CultureInfo.InvariantCulture,
            $"{megabytes} MB: twice what the estimate took, {peakBytes / 1e6:0} MB, with data and networks loaded; at least {LeastMegabytes}.")));
        var longest = estimate.Trials.Max(trial => trial.Seconds!.Value);
        var share = estimate.Trials.Sum(trial => trial.Seconds!.Value) / workers;
        var minutes = RoundUp(Math.Max(longest, share) * TimeReserve / 60 + SpareMinutes, MinutesStep);
        reasons.Add(("time", string.Create(CultureInfo.InvariantCulture,
            $"{minutes} minutes: twice {(longest > share ? "the longest trial's time" : "each worker's share of the work")} on this machine, "
                + $"{Math.Max(longest, share):#,0} seconds, and {SpareMinutes} to spare. A worker that runs out of time saves, and loses nothing.")));
        return new(threads, megabytes, minutes, reasons);
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

    private static string Words(int count) => count == 1 ? "One thread" : $"{count} threads";

    private static long RoundUp(double value, long step) => (long)Math.Ceiling(value / step) * step;
}
