using System.Reflection;
using System.Text;
using Parquet;
using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Records.Indexes;

/// <summary>Reads and writes the files in <c>DIR/index/</c>: caches of what a run folder's trials say. Any process may write one, and deleting them costs
/// time alone.</summary>
/// <remarks>An index is a Parquet file of one row group. Its footer names the version that wrote it and the digest of all other bytes, so a damaged file
/// and one of another version count as none.</remarks>
internal static class IndexFile
{
    /// <summary>The folder of all index files.</summary>
    public const string Folder = "index";

    private const string VersionKey = "sonde", DigestKey = "sha256";

    // What is in the place of the digest while it is computed.
    private static readonly string NoDigest = new('0', 64);

    private static readonly string Version =
        typeof(IndexFile).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>Returns the path of an index file.</summary>
    public static string PathOf(string runDirectory, string name) => Path.Combine(runDirectory, Folder, $"{name}.parquet");

    /// <summary>Reads an index file. Returns null if there is none that this version can use.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Receives the facts that it was written with, and its columns.</param>
    public static T? Find<T>(string path, Func<IReadOnlyDictionary<string, string>, ColumnReader, T> read) where T : class
    {
        try
        {
            return ReadAsync(Disk.Read(path), read).GetAwaiter().GetResult();
        }
#pragma warning disable CA1031 // A damaged Parquet file may lead to any exception. Whatever it is, the folder itself says the same.
        catch (Exception)
        {
            return null;
        }
#pragma warning restore CA1031
    }

    /// <summary>Writes an index file in one step. Does nothing if the folder cannot be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="facts">What the reader is to know of it as a whole.</param>
    /// <param name="columns">Its columns.</param>
    public static void Leave(string path, IReadOnlyDictionary<string, string> facts, ColumnWriter columns)
    {
        using var stream = new MemoryStream();
        Fill(stream, facts, columns).GetAwaiter().GetResult();
        var content = stream.ToArray();
        TryReplace(content, NoDigest, DurableFile.Digest(content));
        try
        {
            DurableFile.Write(path, content);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            // A folder that is read-only, or full, is read without an index.
        }
    }

    private static async Task<T?> ReadAsync<T>(byte[] content, Func<IReadOnlyDictionary<string, string>, ColumnReader, T> read) where T : class
    {
        using var stream = new MemoryStream(content, writable: false);
        await using var reader = await ParquetReader.CreateAsync(stream).ConfigureAwait(false);
        var facts = reader.CustomMetadata;
        if (facts.GetValueOrDefault(VersionKey) != Version || !HasDigest(content, facts.GetValueOrDefault(DigestKey, "")))
            return null;
        using var group = reader.OpenRowGroupReader(0);
        return read(facts, new(reader.Schema, group));
    }

    /// <summary>Returns true if a file has a digest as it was with <see cref="NoDigest"/> in its place.</summary>
    private static bool HasDigest(byte[] content, string digest)
    {
        var file = content.ToArray();
        return digest.Length == NoDigest.Length && TryReplace(file, digest, NoDigest) && DurableFile.Digest(file) == digest;
    }

    private static bool TryReplace(byte[] content, string text, string other)
    {
        var at = content.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(text));
        return at >= 0 && Encoding.ASCII.TryGetBytes(other, content.AsSpan(at), out _);
    }

    private static async Task Fill(MemoryStream stream, IReadOnlyDictionary<string, string> facts, ColumnWriter columns)
    {
        await using var writer = await columns.OpenAsync(stream).ConfigureAwait(false);
        await columns.AppendAsync(writer).ConfigureAwait(false);
        writer.CustomMetadata = new Dictionary<string, string>(facts)
        {
            [VersionKey] = Version,
            [DigestKey] = NoDigest,
        };
    }
}
