using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sonde.Records.Files;

/// <summary>Receives the next bytes of a file.</summary>
internal delegate void NextBytes(ReadOnlySpan<byte> bytes);

/// <summary>A file's content: passes its bytes on piece by piece, so that large arrays need not be copied into one.</summary>
internal delegate void FileContent(NextBytes next);

/// <summary>Writes, renames, removes and flushes the files and folders of a run; no other class does.</summary>
/// <remarks>A rename survives a power cut only after its folder is flushed too. Linux has a call for that; elsewhere Sonde relies on the file
/// system.</remarks>
internal static partial class Disk
{
    private const int ReadOnly = 0; // O_RDONLY of Linux
    private const int PieceLength = 1 << 18;
    private const int InvalidArgument = 22; // EINVAL: a file system that cannot flush folders

    private static readonly AsyncLocal<Action<string, string>?> Watch = new();
    private static readonly AsyncLocal<Func<string, Func<object>, object>?> Cache = new();

    /// <summary>Receives each step's name and path before it happens, in the flow of control that set it: tests fail steps or record them. Null in
    /// production.</summary>
    internal static Action<string, string>? Step
    {
        get => Watch.Value;
        set => Watch.Value = value;
    }

    /// <summary>Answers what a folder holds and when a file changed, as the client of a network file system does from its cache: it gets a path and the
    /// function that asks the disk. Null in production.</summary>
    internal static Func<string, Func<object>, object>? Attributes
    {
        get => Cache.Value;
        set => Cache.Value = value;
    }

    /// <summary>Lists the folders in a folder whose names match a pattern; none if the folder does not exist.</summary>
    public static IReadOnlyList<string> FoldersIn(string path, string pattern)
    {
        Step?.Invoke("list", path);
        string[] Ask() => Directory.Exists(path) ? Directory.GetDirectories(path, pattern) : [];
        return Attributes is { } cache ? (string[])cache(path, Ask) : Ask();
    }

    /// <summary>Returns when a file was last changed, as ticks of UTC.</summary>
    public static long TimeOf(string path)
    {
        Step?.Invoke("read time", path);
        long Ask() => File.GetLastWriteTimeUtc(path).Ticks;
        return Attributes is { } cache ? (long)cache(path, () => Ask()) : Ask();
    }

    /// <summary>Reads a whole file; a writer may replace or remove it meanwhile.</summary>
    public static byte[] Read(string path)
    {
        Step?.Invoke("read", path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Reads a stretch of a file; shorter than asked for if the file ends before.</summary>
    public static byte[] Read(string path, long at, long bytes)
    {
        Step?.Invoke("read", path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var content = new byte[Math.Clamp(stream.Length - at, 0, bytes)];
        stream.Position = at;
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Returns size and SHA-256 of a file without holding it in memory; a writer may replace or remove it meanwhile.</summary>
    public static (long Bytes, string Sha256) Measure(string path)
    {
        Step?.Invoke("read", path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var piece = ArrayPool<byte>.Shared.Rent(PieceLength);
        try
        {
            long bytes = 0;
            for (int some; (some = stream.Read(piece)) > 0; bytes += some)
                digest.AppendData(piece, 0, some);
            return (bytes, Convert.ToHexStringLower(digest.GetHashAndReset()));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    /// <summary>Writes a file and flushes it to disk.</summary>
    /// <returns>Size and SHA-256 of the content.</returns>
    public static (long Bytes, string Sha256) Write(string path, FileContent content)
    {
        Step?.Invoke("create", path);
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        content(bytes =>
        {
            digest.AppendData(bytes);
            // A test can fail the disk in the middle of a file, as a disk that fills up does.
            var first = Step is null ? bytes.Length : bytes.Length / 2;
            stream.Write(bytes[..first]);
            Step?.Invoke("write", path);
            stream.Write(bytes[first..]);
        });
        stream.SetLength(stream.Position);
        Step?.Invoke("flush", path);
        stream.Flush(flushToDisk: true);
        return (stream.Length, Convert.ToHexStringLower(digest.GetHashAndReset()));
    }

    /// <inheritdoc cref="Write(string, FileContent)"/>
    public static void Write(string path, byte[] content) => Write(path, take => take(content));

    /// <summary>Makes a durable folder in a folder that exists; does nothing if it exists itself.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder above it does not exist: somebody renamed or removed it.</exception>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        CreateTemporaryFolder(path);
        FlushFolder(ParentOf(path));
    }

    /// <summary>Makes a durable folder and the missing folders above it; does nothing if it exists.</summary>
    public static void CreateFolders(string path)
    {
        if (Directory.Exists(path))
            return;
        Step?.Invoke("create folder", path);
        Directory.CreateDirectory(path);
        FlushFolder(ParentOf(path));
    }

    /// <summary>Makes a folder, which a power cut may undo, in a folder that exists.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder above it does not exist: somebody renamed or removed it.</exception>
    public static void CreateTemporaryFolder(string path)
    {
        Step?.Invoke("create folder", path);
        // CreateDirectory would make the parent too, and so bring back a run folder that somebody renamed.
        if (!Directory.Exists(ParentOf(path)))
            throw new DirectoryNotFoundException($"there is no folder '{ParentOf(path)}' any more");
        Directory.CreateDirectory(path);
    }

    /// <summary>Renames a file within one file system, and replaces one of the new name.</summary>
    public static void MoveFile(string from, string to)
    {
        Step?.Invoke("rename", to);
        File.Move(from, to, overwrite: true);
    }

    /// <summary>Renames a file within one file system; fails if the new name is taken, by any process.</summary>
    public static void MoveNewFile(string from, string to)
    {
        Step?.Invoke("rename", to);
        // Without overwrite .NET makes a hard link and then removes the old name, so of two processes exactly one succeeds.
        File.Move(from, to, overwrite: false);
    }

    /// <summary>Renames a folder within one file system; fails if the new name is taken.</summary>
    public static void MoveFolder(string from, string to)
    {
        Step?.Invoke("rename", to);
        Directory.Move(from, to);
    }

    /// <summary>Removes a file, or a folder with its content; does nothing if there is none.</summary>
    public static void Remove(string path)
    {
        Step?.Invoke("remove", path);
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    /// <summary>Makes the names in a folder durable.</summary>
    /// <exception cref="IOException">The disk says that it could not.</exception>
    public static void FlushFolder(string path)
    {
        if (!OperatingSystem.IsLinux())
            return;
        Step?.Invoke("flush folder", path);
        var folder = OpenFile(path, ReadOnly);
        if (folder < 0)
            throw Failure(path);
        var isFlushed = FlushFile(folder) == 0 || Marshal.GetLastPInvokeError() == InvalidArgument;
        var error = isFlushed ? null : Failure(path);
        _ = CloseFile(folder);
        if (error is not null)
            throw error;
    }

    private static string ParentOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path))!;

    private static IOException Failure(string path) => new($"{Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())} : '{path}'");

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int FlushFile(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int CloseFile(int file);
}
