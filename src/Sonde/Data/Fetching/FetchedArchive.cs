using System.Formats.Tar;
using System.IO.Compression;

namespace Sonde.Data.Fetching;

/// <summary>A gzipped tar archive that mirrors keep, with the files in it that a dataset needs.</summary>
/// <param name="Name">Its name, ending in <c>.tar.gz</c>.</param>
/// <param name="Md5">Digest of the archive as it is served, lower-case hexadecimal.</param>
/// <param name="Files">The files to extract, found by the last part of their paths, so that no entry is written outside the folder.</param>
internal sealed record FetchedArchive(string Name, string Md5, IReadOnlyList<FetchedFile> Files) : Download(Name)
{
    internal override async Task<bool> IsIn(string folder, CancellationToken cancellation)
    {
        foreach (var file in Files)
            if (!await file.IsIn(folder, cancellation).ConfigureAwait(false))
                return false;
        return true;
    }

    internal override async Task<string?> FindFault(string path, CancellationToken cancellation)
    {
        await using var disk = File.OpenRead(path);
        var md5 = await FetchedFile.DigestOf(disk, cancellation).ConfigureAwait(false);
        return md5 == Md5 ? null : $"sent an archive with MD5 {md5} instead of {Md5}";
    }

    internal override async Task Place(string path, string folder, CancellationToken cancellation)
    {
        await using var disk = File.OpenRead(path);
        await using var unpacked = new GZipStream(disk, CompressionMode.Decompress);
        await using var archive = new TarReader(unpacked);
        var missing = Files.ToDictionary(file => file.Name);
        while (missing.Count > 0 && await archive.GetNextEntryAsync(cancellationToken: cancellation).ConfigureAwait(false) is { } entry)
        {
            if (entry.DataStream is null || !missing.Remove(entry.Name.Split('/')[^1], out var file))
                continue;
            var unfinished = Path.Combine(folder, file.Name + ".part");
            await entry.ExtractToFileAsync(unfinished, overwrite: true, cancellation).ConfigureAwait(false);
            File.Move(unfinished, Path.Combine(folder, file.Name), overwrite: true);
        }
        if (missing.Count > 0)
            throw new DataException(path, $"an archive with {string.Join(", ", missing.Keys)}", "none of that name", "Fetch it again from another mirror.");
    }
}
