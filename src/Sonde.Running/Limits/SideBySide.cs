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
        double OnItsThread()
        {
            start.SignalAndWait();
            return rate();
        }
        // All are started before the first is waited for, since each waits for the others.
        Task<double>[] workers = [.. Enumerable.Range(0, threads).Select(_ => Task.Factory.StartNew(
            OnItsThread, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
        return Task.WhenAll(workers).GetAwaiter().GetResult().Sum();
    }
}
