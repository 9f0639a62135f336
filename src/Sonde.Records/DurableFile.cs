using System.Security.Cryptography;

namespace Sonde.Records;

/// <summary>Files that appear whole or not at all: written under a temporary name in the same folder, flushed to disk, then renamed.</summary>
/// <remarks>The rename itself is left to the file system: after a power cut a file is whole in its old or its new state, and the checkpoint before is there.</remarks>
internal static class DurableFile
{
    /// <summary>What a name ends in while its file or folder is being written or removed; readers skip these. It comes last, so that a
    /// pattern such as <c>*.parquet</c> skips them too.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Writes a file whole, replacing one of this name; makes its folder where there is none.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = path + TemporarySuffix;
        using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: true);
        }
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a file whole without keeping a writer from replacing or removing it meanwhile.</summary>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static byte[] Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }

    /// <summary>Size and digest of content that stands, or will stand, at a path relative to a trial's folder.</summary>
    public static RecordedFile Describe(string relativePath, ReadOnlySpan<byte> content) => new(relativePath, content.Length, Digest(content));

    /// <summary>SHA-256 in lower-case hexadecimal.</summary>
    public static string Digest(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Reads a file that has to be as it was described.</summary>
    /// <exception cref="RecordException">Its size or digest differs.</exception>
    public static byte[] ReadExactly(string folder, RecordedFile file)
    {
        var path = Path.Combine(folder, file.Path);
        var content = Read(path);
        if (content.Length != file.Bytes)
            throw new RecordException($"{path}: expected {file.Bytes} bytes as recorded, found {content.Length}. The file was changed or cut short after it was written; restore it from a copy, or delete the trial's folder and run it again.");
        if (Digest(content) is var digest && digest != file.Sha256)
            throw new RecordException($"{path}: expected content with SHA-256 {file.Sha256} as recorded, found {digest}. The file was changed after it was written; restore it from a copy, or delete the trial's folder and run it again.");
        return content;
    }

    /// <summary>Removes a folder and all in it; it vanishes from its name at once, so that no reader ever sees a part of it.</summary>
    public static void RemoveFolder(string folder)
    {
        var doomed = folder + ".old" + TemporarySuffix;
        if (Directory.Exists(doomed))
            Directory.Delete(doomed, recursive: true);
        Directory.Move(folder, doomed);
        Directory.Delete(doomed, recursive: true);
    }
}
