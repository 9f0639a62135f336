using System.Globalization;
using System.Text.RegularExpressions;
using Sonde.Records.Files;

namespace Sonde.Records.Leases;

/// <summary>The right to write a folder, which one process holds at a time: the subfolder <c>claim-ATTEMPT</c> with <c>claim.json</c> in it. After a
/// takeover the subfolder's name also holds the new owner's mark.</summary>
/// <remarks>The owner writes each file inside the lease and renames it out; before it removes a file, it renames that file into the lease. Another process
/// takes over by renaming the lease to the next attempt. From that instant on the owner before can change nothing, because each of its renames names a
/// folder that is gone. If two processes take over at once, the second finds no folder to rename, so exactly one wins. The rename itself adds the mark:
/// <c>claim.json</c> still names the owner before for a moment, in which the new owner may be killed.</remarks>
internal sealed partial class Lease : IDisposable
{
    private const string Prefix = "claim-";
    private const string OwnerFile = "claim.json";

    private readonly string directory;
    private readonly string folder;
    private readonly CancellationTokenSource lost = new();
    private ITimer? signs;

    private Lease(string directory, int attempt, string folder) => (this.directory, Attempt, this.folder) = (directory, attempt, folder);

    /// <summary>The number of this lease among all leases on its folder, from 1; no two have the same.</summary>
    public int Attempt { get; }

    /// <summary>Cancelled as soon as this process knows that another one has taken over.</summary>
    public CancellationToken Lost => lost.Token;

    /// <summary>Lists the leases on a folder, in order of attempts. There are two only until a process that was too slow notices the other's.</summary>
    public static IReadOnlyList<(int Attempt, string Folder)> In(string directory) =>
        [.. Disk.FoldersIn(directory, Prefix + "*")
            .Select(folder => (Attempt: AttemptOf(folder) ?? 0, Folder: folder)).Where(lease => lease.Attempt > 0).OrderBy(lease => lease.Attempt)];

    /// <summary>Reads who holds a lease, null if that is unreadable, and a text that changes with every sign of life.</summary>
    public static (LeaseOwner? Owner, string Sign) ReadOwner(string folder)
    {
        var (path, sign) = (Path.Combine(folder, OwnerFile), "");
        try
        {
            // The content comes before the time: a network file system asks its server again when a file is opened.
            var content = Disk.Read(path);
            sign = $"{DurableFile.Digest(content)} {Disk.TimeOf(path)}";
            return (RecordJson.FromBytes(content, path, LeaseJson.Instance.LeaseOwner), sign);
        }
        catch (Exception unreadable) when (unreadable is RecordException or IOException or UnauthorizedAccessException)
        {
            return (null, sign);
        }
    }

    /// <summary>Returns true only if it is certain that the process that holds a lease has ended.</summary>
    public static bool IsAbandoned((int Attempt, string Folder) lease) => Name().Match(Path.GetFileName(lease.Folder)).Groups["mark"] is { Success: true } mark
        ? ProcessMark.HasEnded(mark.Value)
        : ReadOwner(lease.Folder).Owner is { } owner && owner.Attempt == lease.Attempt && owner.HasEnded();

    /// <summary>Makes the lease of a folder that has none. Returns null if another process was faster.</summary>
    /// <exception cref="RecordException">The disk is full or cannot be written.</exception>
    public static Lease? Create(string directory, int attempt)
    {
        // The lease appears with its owner in it: no rename can replace a folder that holds a file.
        var prepared = DurableFile.TemporaryPathOf(FolderOf(directory, attempt));
        var isPrepared = false;
        // Another process may have removed the prepared folder as a leftover.
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

    /// <summary>Takes over a lease whose owner is gone. Returns null if another process was faster.</summary>
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
            // Windows does not rename a folder in which the owner before still has a file open: the next attempt takes it.
            // And another thread of this process may hold the new name.
            return OperatingSystem.IsWindows() || !Directory.Exists(from.Folder) || Directory.Exists(folder) ? null : throw Denied(directory, cause);
        }
        var lease = new Lease(directory, attempt, folder);
        try
        {
            // The new owner's name is written first: another rename could replace a lease that is empty for a moment.
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

    /// <summary>Starts to give signs of life: from now on the time of <c>claim.json</c> changes at each interval.</summary>
    public void GiveSigns(TimeProvider time, TimeSpan every) => signs = time.CreateTimer(_ => GiveSign(time), null, every, every);

    /// <summary>Gives the lease back.</summary>
    public void Dispose()
    {
        signs?.Dispose();
        // The rename comes before the removal: the lease disappears in one step, and one that has another owner by now stays as it is.
        var gone = folder + DurableFile.TemporarySuffix;
        try
        {
            Disk.MoveFolder(folder, gone);
            Disk.Remove(gone);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process has taken over, or the next owner removes it.
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
            // The next sign may succeed; if none does, another process takes over.
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
            // This process gave the lease back in the meantime.
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
            // The next owner removes it.
        }
    }
}
