using System.Collections.Concurrent;

namespace Sonde.Records.Leases;

/// <summary>Takes leases for this process: on folders that nobody writes, and on folders whose writer is gone.</summary>
/// <remarks>A writer is gone if its process has ended, which only its own machine can know, or if it gave no sign of life while this process watched it
/// for a stated time. Clocks of different machines are never compared.</remarks>
/// <param name="time">Measures how long a writer is silent, and stamps signs of life.</param>
/// <param name="takeOverAfter">How long to watch a writer that gives no sign of life; null for <see cref="UsualPatience"/>.</param>
public sealed class LeaseTaker(TimeProvider time, TimeSpan? takeOverAfter = null)
{
    private const int SignsOfLife = 9;
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(0.5);

    private readonly TimeSpan patience = takeOverAfter ?? UsualPatience;
    private readonly ConcurrentDictionary<string, (string Sign, long Since)> watched = [];

    /// <summary>Ninety seconds: nine missed signs of life, and longer than a network file system caches a file's attributes.</summary>
    public static TimeSpan UsualPatience { get; } = TimeSpan.FromSeconds(90);

    /// <summary>Takes the lease of a folder. Returns null if another process holds it or was faster.</summary>
    /// <param name="directory">The folder; made if it does not exist, in a folder that does.</param>
    /// <param name="lastAttempt">Reads the last attempt that left a trace there, 0 for none.</param>
    internal Lease? TakeIfFree(string directory, Func<int> lastAttempt)
    {
        var lease = Lease.In(directory) is [.., var newest]
            ? IsGone(newest) ? Lease.TakeOver(directory, newest, Math.Max(newest.Attempt, lastAttempt()) + 1) : null
            : Lease.Create(directory, lastAttempt() + 1);
        // A slow process may have made a second lease, or one of an attempt that another process has finished.
        if (lease is not null && (Lease.In(directory).Count > 1 || lastAttempt() >= lease.Attempt))
        {
            lease.Dispose();
            return null;
        }
        lease?.GiveSigns(time, patience / SignsOfLife);
        return lease;
    }

    /// <summary>Takes the lease of a folder. If another process holds it, this watches that one until it gives a sign of life, gives the lease back, or has
    /// been silent for too long.</summary>
    /// <returns>Null if another process is alive or has finished meanwhile, or if this process is cancelled.</returns>
    /// <inheritdoc cref="TakeIfFree(string, Func{int})"/>
    internal Lease? TakeUnlessAlive(string directory, Func<int> lastAttempt, CancellationToken cancellation)
    {
        string? first = null;
        while (true)
        {
            if (TakeIfFree(directory, lastAttempt) is { } lease)
                return lease;
            if (Lease.In(directory) is not [.., var newest])
                return null;
            var sign = newest.Folder + Lease.ReadOwner(newest.Folder).Sign;
            first ??= sign;
            if (sign != first || cancellation.WaitHandle.WaitOne(BetweenTries) || Lease.In(directory).Count == 0)
                return null;
        }
    }

    private bool IsGone((int Attempt, string Folder) lease)
    {
        if (Lease.IsAbandoned(lease))
            return true;
        var (sign, now) = (Lease.ReadOwner(lease.Folder).Sign, time.GetTimestamp());
        var seen = watched.AddOrUpdate(lease.Folder, (sign, now), (_, before) => before.Sign == sign ? before : (sign, now));
        return time.GetElapsedTime(seen.Since, now) >= patience;
    }
}
