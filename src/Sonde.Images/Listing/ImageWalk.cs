using Sonde.Data;

namespace Sonde.Images.Listing;

/// <summary>Walks through folders and finds images; it remembers what it leaves out, and why.</summary>
/// <remarks>It never follows a link to a folder, so that no image is found twice and no walk is endless. A link to a file counts as that file.</remarks>
/// <param name="root">The folder that paths are below.</param>
/// <param name="cancellation">Stops the walk.</param>
internal sealed class ImageWalk(string root, CancellationToken cancellation)
{
    /// <summary>The file name endings of images.</summary>
    public static IReadOnlyList<string> Endings { get; } = [".jpg", ".jpeg", ".png"];

    private const int MostShown = 5;

    // Folders that systems and file managers make, which hold no image that a user put there.
    private static readonly string[] SystemFolders =
        ["__MACOSX", "__pycache__", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found"];

    private readonly SortedDictionary<string, List<string>> leftOut = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> imagesIn = [];
    private readonly SortedDictionary<string, int> otherEndings = new(StringComparer.Ordinal);

    /// <summary>The image files below a folder, by their paths below the root, in the order of their characters.</summary>
    /// <param name="folder">Its path below the root; there may be no such folder.</param>
    public IReadOnlyList<string> FilesBelow(string folder)
    {
        var found = new List<string>();
        var open = new Stack<string>([folder]);
        while (open.TryPop(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            if (!Directory.Exists(Path.Combine(root, next)))
                continue;
            foreach (var name in FoldersIn(next))
                open.Push($"{next}/{name}");
            found.AddRange(ImagesIn(next).Select(name => $"{next}/{name}"));
        }
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <summary>The names of the folders in a folder that belong to the user, in the order of their characters.</summary>
    /// <param name="folder">Its path below the root; empty for the root.</param>
    public IReadOnlyList<string> FoldersIn(string folder) =>
        [.. Entries(folder, Directory.GetDirectories).Where(name => IsOpen(Below(folder, name), name)).Order(StringComparer.Ordinal)];

    /// <summary>The names of the images directly in a folder.</summary>
    /// <param name="folder">Its path below the root; empty for the root.</param>
    public IReadOnlyList<string> ImagesIn(string folder)
    {
        if (imagesIn.TryGetValue(folder, out var known))
            return known;
        var images = new List<string>();
        foreach (var name in Entries(folder, Directory.GetFiles))
        {
            if (name.StartsWith('.'))
                Leave("hidden files", Below(folder, name));
            else if (name.Contains('\uFFFD'))
                Leave("files whose names are not UTF-8", Below(folder, name));
            else if (Endings.Contains(Path.GetExtension(name).ToLowerInvariant()))
                images.Add(name);
            else
                otherEndings[Path.GetExtension(name)] = otherEndings.GetValueOrDefault(Path.GetExtension(name)) + 1;
        }
        imagesIn[folder] = images;
        return images;
    }

    /// <summary>Remembers something that is left out.</summary>
    /// <param name="kind">What it is, in the plural.</param>
    /// <param name="path">Its path below the root.</param>
    public void Leave(string kind, string path)
    {
        if (!leftOut.TryGetValue(kind, out var paths))
            leftOut[kind] = paths = [];
        if (!paths.Contains(path))
            paths.Add(path);
    }

    /// <summary>A sentence for each kind of files and folders that were left out.</summary>
    public IEnumerable<string> Account()
    {
        foreach (var (kind, paths) in leftOut)
            yield return $"left out {kind}: {paths.Count:N0} ({string.Join(", ", paths.Take(MostShown).Select(path => PrintableText.From(path, 80)))}"
                + $"{(paths.Count > MostShown ? ", ..." : "")})";
        if (otherEndings.Count > 0)
            yield return $"left out files with other endings than {string.Join(", ", Endings)}: {otherEndings.Values.Sum():N0} ("
                + string.Join(", ", otherEndings.OrderByDescending(e => e.Value).Take(MostShown)
                    .Select(e => $"{e.Value:N0} {(e.Key.Length == 0 ? "without an ending" : PrintableText.From(e.Key))}")) + ")";
    }

    private static string Below(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private List<string> Entries(string folder, Func<string, string[]> list)
    {
        try
        {
            return [.. list(Path.Combine(root, folder)).Select(path => Path.GetFileName(path)!)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && folder.Length > 0)
        {
            Leave("folders that cannot be read", folder);
            return [];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new DataException($"{root}: expected a folder that can be read, found that it cannot ({error.Message.TrimEnd('.')}). Correct its "
                + "permissions.", error);
        }
    }

    private bool IsOpen(string path, string name)
    {
        var kind = name.StartsWith('.') ? "hidden folders" : SystemFolders.Contains(name, StringComparer.OrdinalIgnoreCase) ? "folders of the system"
            : name.Contains('\uFFFD') ? "folders whose names are not UTF-8"
            : new DirectoryInfo(Path.Combine(root, path)).LinkTarget is not null ? "links to folders" : null;
        if (kind is not null)
            Leave(kind, path);
        return kind is null;
    }
}
