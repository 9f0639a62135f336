using System.Runtime.ExceptionServices;

namespace Sonde.Running.Limits;

/// <summary>Measures the same on several threads at the same time.</summary>
internal static class SideBySide
{
    /// <summary>Returns what all threads reach together: the sum of their rates, measured from a common start.</summary>
    /// <param name="threads">How many, 1 or more.</param>
    /// <param name="rate">Called once on each thread when all of them are ready; returns what that thread does per second.</param>
    /// <exception cref="Exception">The exception of a thread that failed.</exception>
    public static double Sum(int threads, Func<double> rate)
    {
        using var start = new Barrier(threads);
        var rates = new double[threads];
        ExceptionDispatchInfo? failure = null;
        var workers = Enumerable.Range(0, threads).Select(index => new Thread(() =>
        {
            start.SignalAndWait();
            try
            {
                rates[index] = rate();
            }
#pragma warning disable CA1031 // Any exception travels to the caller; on this thread it would end the process.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        })).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        failure?.Throw();
        return rates.Sum();
    }
}
