namespace Sonde.Dashboard.Access;

/// <summary>Refuses files that are not in the folder that the server was given, that a link leads out of, or that are larger than any of their
/// kind.</summary>
/// <param name="root">The folder as the user gave it; it may be a link itself.</param>
internal sealed class FolderGuard(string root)
{
    // A study is at most 4 million characters, and trial.json lists at most some thousand parts.
    private const long MostTextBytes = 16_000_000;

    // Beyond this a table would take the memory that the server may have.
    private const long MostTableBytes = 256_000_000;

    private readonly string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    /// <summary>Returns why a file or folder must not be read; null if it may be. What does not exist may be read: the reader says that it is
    /// missing.</summary>
    public string? FindRefusal(string path)
    {
        var full = Path.GetFullPath(path);
        if (full != root && !IsBelow(full, root))
            return $"{path}: the dashboard shows only what is inside {root}.";
        for (var part = full; part.Length > root.Length; part = Path.GetDirectoryName(part)!)
        {
            var isFolder = Directory.Exists(part);
            FileSystemInfo entry = isFolder ? new DirectoryInfo(part) : new FileInfo(part);
            if (entry.LinkTarget is not null && FindEscape(entry) is { } escape)
                return escape;
            if (!isFolder && entry is FileInfo { Exists: true } file)
            {
                var most = file.Extension == ".parquet" || file.Extension == ".safetensors" ? MostTableBytes : MostTextBytes;
                if (file.Length > most)
                    return $"{path}: {file.Length / 1_000_000} MB are too much for the dashboard, which reads at most {most / 1_000_000} MB. Use "
                        + "'sonde export'.";
                // A pipe or a device has no length, and reading it may never end.
                if (file.Length == 0)
                    return $"{path}: the file is empty, or no file at all. Restore it from a copy, or run the study again.";
            }
        }
        return null;
    }

    private string? FindEscape(FileSystemInfo link)
    {
        try
        {
            // A relative link inside of a folder that is a link itself is resolved by the system, so that the whole way counts.
            var target = link.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
            return target is not null && IsBelow(RealPath(target), RealPath(root)) ? null
                : $"{link.FullName}: the link leads out of the folder, and the dashboard does not follow it. Copy its target into the folder.";
        }
        catch (IOException)
        {
            return $"{link.FullName}: the link leads nowhere or in a circle. Remove it.";
        }
    }

    // Resolves links in the folders above as well.
    private static string RealPath(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var real = Path.Combine(RealPath(parent), Path.GetFileName(full));
        FileSystemInfo entry = Directory.Exists(real) ? new DirectoryInfo(real) : new FileInfo(real);
        return entry.LinkTarget is null ? real : RealPath(entry.ResolveLinkTarget(returnFinalTarget: true)!.FullName);
    }

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
