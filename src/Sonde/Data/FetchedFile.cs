namespace Sonde.Data;

/// <summary>A file that mirrors keep gzipped, and how to know that it is whole.</summary>
/// <param name="Name">Its name unpacked; gzipped it ends in <c>.gz</c>.</param>
/// <param name="Md5">Digest of the unpacked content, lower-case hexadecimal: the sum by which the file is known, not a safeguard against malice.</param>
/// <param name="Bytes">Size of the unpacked content.</param>
public sealed record FetchedFile(string Name, string Md5, long Bytes)
{
    /// <summary>The file in a folder, unpacked or else gzipped; null where it is neither.</summary>
    public string? FindIn(string folder) => new[] { Path.Combine(folder, Name), Path.Combine(folder, Name + ".gz") }.FirstOrDefault(File.Exists);
}
