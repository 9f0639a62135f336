using System.Globalization;
using System.Text.RegularExpressions;
using Sonde.Records.Files;

namespace Sonde.Records.Leases;

/// <summary>The right to write a folder, held by one process at a time: the subfolder <c>claim-ATTEMPT</c>, with <c>claim.json</c> in it; one that was
/// taken over has its owner's mark in its name too.</summary>
/// <remarks>Every file is written inside the lease and renamed out of it, and what goes is renamed into it first. Whoever takes over renames the lease to
/// the next attempt: in that instant, all that the owner before had under way is beside the point, since every rename of its own names a folder that is no
/// longer there. A second one to take over finds no folder to rename, so exactly one wins. The mark comes with that rename: <c>claim.json</c> is still that of
/// the owner before for a moment, in which the new one may be killed.</remarks>
internal sealed partial class Lease : IDisposable
{
    private const string Prefix = "claim-";
    private const string OwnerFile = "claim.json";

    private static int made;

    private readonly string directory;
    private readonly string folder;
    private readonly CancellationTokenSource lost = new();
    private ITimer? signs;

    private Lease(string directory, int attempt, string folder) => (this.directory, Attempt, this.folder) = (directory, attempt, folder);

    /// <summary>Counts the processes that held this lease, from 1; no two of them have the same number.</summary>
    public int Attempt { get; }

    /// <summary>Cancelled once another process is known to have taken over.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>The leases on a folder, in order of attempts; more than one only while a process that was too slow finds out.</summary>
    public static IReadOnlyList<(int Attempt, string Folder)> In(string directory) => !Directory.Exists(directory) ? [] :
        [.. Directory.EnumerateDirectories(directory, Prefix + "*")
            .Select(folder => (Attempt: AttemptOf(folder) ?? 0, Folder: folder)).Where(lease => lease.Attempt > 0).OrderBy(lease => lease.Attempt)];

    /// <summary>Who holds a lease, null where that cannot be read; and a text that changes with every sign of life.</summary>
    public static (LeaseOwner? Owner, string Sign) ReadOwner(string folder)
    {
        var (path, sign) = (Path.Combine(folder, OwnerFile), "");
        try
        {
            // Read before the time is asked for: a network file system looks at the server again when a file is opened.
            var content = Disk.Read(path);
            sign = $"{DurableFile.Digest(content)} {File.GetLastWriteTimeUtc(path).Ticks}";
            return (RecordJson.FromBytes(content, path, LeaseJson.Instance.LeaseOwner), sign);
        }
        catch (Exception unreadable) when (unreadable is RecordException or IOException or UnauthorizedAccessException)
        {
            return (null, sign);
        }
    }

    /// <summary>True only where it is certain that the process that holds a lease has ended.</summary>
    public static bool IsAbandoned((int Attempt, string Folder) lease) => Name().Match(Path.GetFileName(lease.Folder)).Groups["mark"] is { Success: true } mark
        ? LeaseOwner.HasEnded(mark.Value)
        : ReadOwner(lease.Folder).Owner is { } owner && owner.Attempt == lease.Attempt && owner.HasEnded();

    /// <summary>Makes the lease of a folder that has none; null where another process was faster.</summary>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public static Lease? Create(string directory, int attempt)
    {
        // Made elsewhere, so that it appears with its owner in it: the name of a folder that holds something cannot be taken by renaming another one.
        var unique = $"{Environment.MachineName}-{Environment.ProcessId}-{Interlocked.Increment(ref made)}";
        var prepared = Path.Combine(directory, $"{Prefix}{unique}{DurableFile.TemporarySuffix}");
        var isPrepared = false;
        // Another process may have tidied it away meanwhile.
        bool IsBeaten(Exception cause) => isPrepared || cause is DirectoryNotFoundException or FileNotFoundException;
        try
        {
            Disk.CreateFolder(directory);
            Disk.CreateTemporaryFolder(prepared);
            Disk.Write(Path.Combine(prepared, OwnerFile), OwnerContent(attempt));
            isPrepared = true;
            Disk.MoveFolder(prepared, FolderOf(directory, attempt));
            return new(directory, attempt, FolderOf(directory, attempt));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            RemoveIfPossible(prepared);
            return IsBeaten(cause) ? null : throw Denied(directory, cause);
        }
    }

    /// <summary>Takes over a lease whose owner is gone; null where another process was faster.</summary>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public static Lease? TakeOver(string directory, (int Attempt, string Folder) from, int attempt)
    {
        var folder = $"{FolderOf(directory, attempt)}-{LeaseOwner.Current.Mark}";
        try
        {
            Disk.MoveFolder(from.Folder, folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Windows renames no folder in which the owner before still has a file open: it is taken later.
            return OperatingSystem.IsWindows() || !Directory.Exists(from.Folder) ? null : throw Denied(directory, cause);
        }
        var lease = new Lease(directory, attempt, folder);
        try
        {
            // The new owner's name before all else: a lease that is empty for a moment could be renamed onto.
            return lease.Guard(lease.folder, () =>
            {
                var temporary = lease.Temporary();
                Disk.Write(temporary, OwnerContent(attempt));
                Disk.MoveFile(temporary, Path.Combine(lease.folder, OwnerFile));
                lease.KeepDamaged();
                foreach (var leftover in Directory.EnumerateFileSystemEntries(lease.folder).Where(path => Path.GetFileName(path) != OwnerFile))
                    Disk.Remove(leftover);
                return lease;
            });
        }
        catch (Exception e)
        {
            lease.Dispose();
            if (e is LeaseLostException)
                return null;
            throw;
        }
    }

    /// <summary>Shows from now on, every so often, that this process is alive: the time of <c>claim.json</c> changes.</summary>
    public void GiveSigns(TimeProvider time, TimeSpan every) => signs = time.CreateTimer(_ => GiveSign(time), null, every, every);

    /// <summary>Gives the lease back.</summary>
    public void Dispose()
    {
        signs?.Dispose();
        // Renamed before it is emptied: it goes at once, and a lease that has another owner by now is not touched.
        var gone = folder + DurableFile.TemporarySuffix;
        try
        {
            Disk.MoveFolder(folder, gone);
            Disk.Remove(gone);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Taken over, or left for the next owner.
        }
        lost.Dispose();
    }

    private void GiveSign(TimeProvider time)
    {
        try
        {
            File.SetLastWriteTimeUtc(Path.Combine(folder, OwnerFile), time.GetUtcNow().UtcDateTime);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            Lose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sign that could not be given now may be given the next time; if none can, the lease is taken over.
        }
    }

    private void Lose()
    {
        try
        {
            lost.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Given back meanwhile.
        }
    }

    private static byte[] OwnerContent(int attempt) => RecordJson.ToBytes(LeaseOwner.Current with { Attempt = attempt }, LeaseJson.Instance.LeaseOwner);

    private static string FolderOf(string directory, int attempt) =>
        Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{attempt:D6}"));

    private static int? AttemptOf(string folder) =>
        int.TryParse(Name().Match(Path.GetFileName(folder)).Groups["attempt"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var attempt)
            ? attempt : null;

    [GeneratedRegex("^claim-(?<attempt>[0-9]+)(-(?<mark>[0-9]+-[0-9a-f]{8}-[0-9a-f]{8}))?$")]
    private static partial Regex Name();

    private static void RemoveIfPossible(string path)
    {
        try
        {
            Disk.Remove(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Left for the next owner to remove.
        }
    }
}
