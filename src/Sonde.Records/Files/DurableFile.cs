using System.Security.Cryptography;

namespace Sonde.Records.Files;

/// <summary>Files that appear whole or not at all, and files that have to be as they were described.</summary>
internal static class DurableFile
{
    /// <summary>What a name ends in while its file or folder is being written or removed; readers skip these. It comes last, so that a
    /// pattern such as <c>*.parquet</c> skips them too.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Writes a file whole, replacing one of this name; makes its folder where there is none.</summary>
    public static void Write(string path, byte[] content)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = path + TemporarySuffix;
        Disk.CreateFolder(folder);
        Disk.Write(temporary, content);
        Disk.MoveFile(temporary, path);
        Disk.FlushFolder(folder);
    }

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Reads a file that has to be as it was described.</summary>
    /// <exception cref="RecordException">Its size or digest differs.</exception>
    /// <exception cref="IOException">It is missing or cannot be read.</exception>
    public static byte[] ReadExactly(string folder, RecordedFile file)
    {
        var content = Disk.Read(Path.Combine(folder, file.Path));
        return Difference(folder, file, content) is not { } difference ? content
            : throw new RecordException($"{difference} Restore it from a copy, or run the study again: it sets the file aside and trains what is missing.");
    }

    /// <summary>What is wrong with a file that has to be as it was described; null where nothing is.</summary>
    /// <exception cref="IOException">It is there but cannot be read.</exception>
    public static string? Damage(string folder, RecordedFile file)
    {
        try
        {
            return Difference(folder, file, Disk.Read(Path.Combine(folder, file.Path)));
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return $"{Path.Combine(folder, file.Path)}: expected {file.Bytes} bytes as recorded, found no file.";
        }
    }

    private static string? Difference(string folder, RecordedFile file, byte[] content)
    {
        var path = Path.Combine(folder, file.Path);
        if (content.Length != file.Bytes)
            return $"{path}: expected {file.Bytes} bytes as recorded, found {content.Length}. The file was changed or cut short after it was written.";
        var digest = Digest(content);
        return digest == file.Sha256 ? null
            : $"{path}: expected content with SHA-256 {file.Sha256} as recorded, found {digest}. The file was changed after it was written.";
    }
}
