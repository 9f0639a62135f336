using System.Security.Cryptography;

namespace Sonde.Data;

/// <summary>A file that mirrors keep gzipped, and how to know that it is whole.</summary>
/// <param name="Name">Its name unpacked; gzipped it ends in <c>.gz</c>.</param>
/// <param name="Md5">Digest of the unpacked content, lower-case hexadecimal: the sum by which the file is known, not a safeguard against malice.</param>
public sealed record FetchedFile(string Name, string Md5)
{
    /// <summary>The file in a folder, unpacked or else gzipped; null where it is neither.</summary>
    public string? FindIn(string folder) => new[] { Path.Combine(folder, Name), Path.Combine(folder, Name + ".gz") }.FirstOrDefault(File.Exists);

    /// <summary>The MD5 digest of a stream to its end, as <see cref="Md5"/> writes it.</summary>
    /// <param name="content">Unpacked content.</param>
    /// <param name="cancellation">Stops.</param>
    public static async Task<string> DigestOf(Stream content, CancellationToken cancellation)
    {
#pragma warning disable CA5351 // The digest by which the world knows these files; it guards against damage, not against malice.
        return Convert.ToHexStringLower(await MD5.HashDataAsync(content, cancellation).ConfigureAwait(false));
#pragma warning restore CA5351
    }
}
