using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sonde.Records.Files;

/// <summary>Takes the next bytes of a file.</summary>
internal delegate void NextBytes(ReadOnlySpan<byte> bytes);

/// <summary>A file's content: gives its bytes piece after piece, so that large arrays need not be copied together first.</summary>
internal delegate void FileContent(NextBytes take);

/// <summary>The one place where files and folders of a run are written, renamed, removed and flushed to disk.</summary>
/// <remarks>A rename outlives a power cut only once its folder is flushed too. Linux has a call for that; elsewhere the file system is trusted with
/// it.</remarks>
internal static partial class Disk
{
    private const int ReadOnly = 0; // O_RDONLY of Linux
    private const int InvalidArgument = 22; // EINVAL: a file system that cannot flush folders

    private static readonly AsyncLocal<Action<string, string>?> Watch = new();

    /// <summary>Told each step before it happens, by name and path, in the flow of control that set it: tests fail steps or look on. Null in
    /// production.</summary>
    internal static Action<string, string>? Step
    {
        get => Watch.Value;
        set => Watch.Value = value;
    }

    /// <summary>Reads a file whole without keeping a writer from replacing or removing it meanwhile.</summary>
    public static byte[] Read(string path)
    {
        Step?.Invoke("read", path);
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Writes a file and flushes it to disk. Two processes that write the same content at once leave that content, and never a mixture.</summary>
    /// <returns>Size and SHA-256 of what was written.</returns>
    public static (long Bytes, string Sha256) Write(string path, FileContent content)
    {
        Step?.Invoke("create", path);
        // Not truncated first: another writer of the same content may be about to rename it.
        using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        content(bytes =>
        {
            digest.AppendData(bytes);
            // A disk that fills up takes the first part of a file.
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

    /// <summary>Makes a folder that is to stay, and those above it that are missing; nothing happens where it is there.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        CreateTemporaryFolder(path);
        FlushFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes a folder whose name a power cut may forget.</summary>
    public static void CreateTemporaryFolder(string path)
    {
        Step?.Invoke("create folder", path);
        Directory.CreateDirectory(path);
    }

    /// <summary>Renames a file within one file system, replacing one that bears the name.</summary>
    public static void MoveFile(string from, string to)
    {
        Step?.Invoke("rename", to);
        File.Move(from, to, overwrite: true);
    }

    /// <summary>Renames a folder within one file system; fails where the name is taken.</summary>
    public static void MoveFolder(string from, string to)
    {
        Step?.Invoke("rename", to);
        Directory.Move(from, to);
    }

    /// <summary>Removes a file, or a folder with all in it; nothing happens where there is none.</summary>
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
