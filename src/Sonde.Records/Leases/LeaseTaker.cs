using System.Collections.Concurrent;

namespace Sonde.Records.Leases;

/// <summary>Takes for this process what no other is writing: trials that are free, and trials whose writer is gone.</summary>
/// <remarks>A writer is gone where its process has ended, which is known only at the place where it ran; or where it gave no sign of life while this
/// process watched for a stated time. Clocks of different machines are never compared.</remarks>
/// <param name="time">Measures the watching, and stamps signs of life.</param>
/// <param name="takeOverAfter">How long to watch a writer that gives no sign of life; null for <see cref="UsualPatience"/>.</param>
public sealed class LeaseTaker(TimeProvider time, TimeSpan? takeOverAfter = null)
{
    private const int SignsOfLife = 9;

    private readonly TimeSpan patience = takeOverAfter ?? UsualPatience;
    private readonly ConcurrentDictionary<string, (string Sign, long Since)> watched = [];

    /// <summary>Ninety seconds: nine signs of life that failed to come, and longer than a network file system keeps what it knows of a file.</summary>
    public static TimeSpan UsualPatience { get; } = TimeSpan.FromSeconds(90);

    /// <summary>Takes the lease of a folder; null where another process holds it, or was faster.</summary>
    /// <param name="directory">The folder; made where there is none.</param>
    /// <param name="lastAttempt">The last attempt that left a trace there, read anew at each call; 0 for none.</param>
    internal Lease? TryTake(string directory, Func<int> lastAttempt)
    {
        var lease = Lease.In(directory) is [.., var newest]
            ? IsGone(newest) ? Lease.TakeOver(directory, newest, Math.Max(newest.Attempt, lastAttempt()) + 1) : null
            : Lease.Create(directory, lastAttempt() + 1);
        // A process that was slow to come here may have made a second lease, or one that was held and given back before.
        if (lease is not null && (Lease.In(directory).Count > 1 || lastAttempt() >= lease.Attempt))
        {
            lease.Dispose();
            return null;
        }
        lease?.GiveSigns(time, patience / SignsOfLife);
        return lease;
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
