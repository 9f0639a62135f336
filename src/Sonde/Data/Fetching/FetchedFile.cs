using System.IO.Compression;
using System.Security.Cryptography;

namespace Sonde.Data.Fetching;

/// <summary>A file that mirrors keep gzipped, with the digest that a complete one has.</summary>
/// <param name="Name">Its name unpacked; gzipped it ends in <c>.gz</c>.</param>
/// <param name="Md5">Digest of the unpacked content, lower-case hexadecimal: it guards against damage, not against malice.</param>
internal sealed record FetchedFile(string Name, string Md5) : Download(Name + ".gz")
{
    /// <summary>Finds the file in a folder, unpacked or else gzipped; null if it is not there.</summary>
    public string? FindIn(string folder) => new[] { Path.Combine(folder, Name), Path.Combine(folder, Name + ".gz") }.FirstOrDefault(File.Exists);

    /// <summary>Computes the MD5 digest of a stream to its end, as <see cref="Md5"/> writes it.</summary>
    /// <param name="content">Unpacked content.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<string> DigestOf(Stream content, CancellationToken cancellation)
    {
#pragma warning disable CA5351 // The digest by which the world knows these files; it guards against damage, not against malice.
        return Convert.ToHexStringLower(await MD5.HashDataAsync(content, cancellation).ConfigureAwait(false));
#pragma warning restore CA5351
    }

    internal override async Task<bool> IsIn(string folder, CancellationToken cancellation) =>
        FindIn(folder) is { } there && await FindFault(there, cancellation).ConfigureAwait(false) is null;

    internal override async Task<string?> FindFault(string path, CancellationToken cancellation)
    {
        try
        {
            await using var disk = File.OpenRead(path);
            var isGzip = disk.ReadByte() == 0x1F && disk.ReadByte() == 0x8B;
            disk.Position = 0;
            await using Stream content = isGzip ? new GZipStream(disk, CompressionMode.Decompress) : disk;
            var md5 = await DigestOf(content, cancellation).ConfigureAwait(false);
            return md5 == Md5 ? null : $"sent a file with MD5 {md5} unpacked instead of {Md5}";
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            return $"sent a broken gzip file ({error.Message.TrimEnd('.')})";
        }
    }

    internal override Task Place(string path, string folder, CancellationToken cancellation)
    {
        File.Move(path, Path.Combine(folder, Served), overwrite: true);
        // An unpacked file of the same name would be read first. It is broken, because an intact one is not fetched again.
        File.Delete(Path.Combine(folder, Name));
        return Task.CompletedTask;
    }
}
