using System.Globalization;
using System.Security.Cryptography;

namespace Sonde.Records.Files;

/// <summary>Writes files that appear whole or not at all, and checks files against their recorded size and digest.</summary>
internal static class DurableFile
{
    /// <summary>The end of a name while its file or folder is being written or removed; readers skip such names. It comes last, so that a pattern such
    /// as <c>*.parquet</c> skips them too.</summary>
    public const string TemporarySuffix = ".tmp";

    // EEXIST and EISDIR; ERROR_FILE_EXISTS and ERROR_ALREADY_EXISTS on Windows.
    private const int FileInTheWay = 17, FolderInTheWay = 21, FileExists = unchecked((int)0x80070050), AlreadyExists = unchecked((int)0x800700B7);

    private static int made;

    /// <summary>Returns a path for the content of a file until it is renamed to its own. No other process, and no other call, returns the same.</summary>
    public static string TemporaryPathOf(string path) =>
        string.Create(CultureInfo.InvariantCulture, $"{path}.{ProcessMark.Current}-{Interlocked.Increment(ref made)}{TemporarySuffix}");

    /// <summary>What to do if a file has the name that a folder needs, or the reverse; null for any other failure.</summary>
    public static string? FindBlocking(Exception failure) => failure is not IOException ? null : failure.HResult switch
    {
        FileInTheWay or FileExists or AlreadyExists => "A file is where a folder has to be: move it away",
        FolderInTheWay => "A folder is where a file has to be: move it away",
        _ => null,
    };

    /// <summary>Writes a whole file in one step, and replaces one of this name; makes its folder if there is none.</summary>
    public static void Write(string path, byte[] content) => Put(path, content, Disk.MoveFile);

    /// <summary>Writes a whole file in one step, unless one of this name exists; makes its folder if there is none.</summary>
    /// <returns>False if there is a file of this name, which stays as it is.</returns>
    public static bool TryCreate(string path, byte[] content)
    {
        try
        {
            Put(path, content, Disk.MoveNewFile);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    /// <summary>Makes a folder unless it exists, and removes what processes that have ended left half written in it.</summary>
    public static void PrepareFolder(string folder)
    {
        Directory.CreateDirectory(folder);
        RemoveLeftovers(folder);
    }

    /// <summary>Removes the temporary files of a folder whose processes have ended.</summary>
    public static void RemoveLeftovers(string folder)
    {
        foreach (var leftover in Directory.EnumerateFiles(folder, $"*{TemporarySuffix}"))
        {
            var mark = Path.GetExtension(Path.GetFileNameWithoutExtension(leftover)).TrimStart('.');
            if (mark.LastIndexOf('-') is > 0 and var end && ProcessMark.HasEnded(mark[..end]))
                Disk.Remove(leftover);
        }
    }

    /// <summary>Computes SHA-256 in lower-case hexadecimal.</summary>
    public static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Returns where the content of a file is: in the trial's folder, or in a part of the study.</summary>
    /// <param name="folder">The trial's folder.</param>
    /// <param name="file">The file.</param>
    public static string PathOf(string folder, RecordedFile file) => file.Part is null ? Path.Combine(folder, file.Path)
        : Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder))))!, file.Part);

    /// <summary>Reads a file and checks it against its recorded size and digest.</summary>
    /// <exception cref="RecordException">Its size or digest differs.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static byte[] ReadExactly(string folder, RecordedFile file)
    {
        var content = Read(folder, file);
        return Difference(folder, file, content) is not { } difference ? content : throw Damaged(difference);
    }

    /// <summary>Checks a file against its recorded size and digest, whatever its size, without holding it in memory.</summary>
    /// <inheritdoc cref="ReadExactly"/>
    public static void Check(string folder, RecordedFile file)
    {
        var path = PathOf(folder, file);
        var (bytes, digest) = Measure(folder, file);
        if (Difference(path, file, bytes, () => digest) is { } difference)
            throw Damaged(difference);
    }

    /// <summary>Checks a file against its recorded size and digest. Returns what is wrong with it, null if nothing is.</summary>
    /// <exception cref="IOException">The file exists but cannot be read.</exception>
    public static string? FindDamage(string folder, RecordedFile file)
    {
        var path = PathOf(folder, file);
        try
        {
            var (bytes, digest) = Measure(folder, file);
            return Difference(path, file, bytes, () => digest);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return Missing(path, file);
        }
    }

    /// <inheritdoc cref="FindDamage(string, RecordedFile)"/>
    /// <param name="folder">The folder that the file's path starts at.</param>
    /// <param name="file">The file as it was recorded.</param>
    /// <param name="content">The content; empty if there is no file.</param>
    public static string? FindDamage(string folder, RecordedFile file, out byte[] content)
    {
        try
        {
            content = Read(folder, file);
            return Difference(folder, file, content);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            content = [];
            return Missing(PathOf(folder, file), file);
        }
    }

    private static byte[] Read(string folder, RecordedFile file) =>
        file.Part is null ? Disk.Read(PathOf(folder, file)) : Disk.Read(PathOf(folder, file), file.At ?? 0, file.Bytes);

    private static (long Bytes, string Sha256) Measure(string folder, RecordedFile file) =>
        file.Part is null ? Disk.Measure(PathOf(folder, file)) : Read(folder, file) is var content ? (content.Length, Digest(content)) : default;

    private static void Put(string path, byte[] content, Action<string, string> move)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = TemporaryPathOf(path);
        Disk.CreateFolders(folder);
        try
        {
            Disk.Write(temporary, content);
            move(temporary, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            RemoveIfPossible(temporary);
            throw;
        }
        Disk.FlushFolder(folder);
    }

    private static void RemoveIfPossible(string path)
    {
        try
        {
            Disk.Remove(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The first error says why; the next process removes the file.
        }
    }

    private static RecordException Damaged(string difference) =>
        new($"{difference} Restore it from a copy, or run the study again with --check: it sets the file aside and trains the missing part.");

    private static string Missing(string path, RecordedFile file) => $"{path}: expected {file.Bytes} bytes as recorded, found no file.";

    private static string? Difference(string folder, RecordedFile file, byte[] content) =>
        Difference(PathOf(folder, file), file, content.Length, () => Digest(content));

    private static string? Difference(string path, RecordedFile file, long bytes, Func<string> computeDigest)
    {
        if (bytes != file.Bytes)
            return $"{path}: expected {file.Bytes} bytes as recorded, found {bytes}. "
                + "Something changed the file after Sonde wrote it, or cut it short.";
        var digest = computeDigest();
        return digest == file.Sha256 ? null
            : $"{path}: expected content with SHA-256 {file.Sha256} as recorded, found {digest}. Something changed the file after Sonde wrote it.";
    }
}
