using Sonde.Dashboard.Access;
using Sonde.Records.Files;
using Sonde.Records.Runs;

namespace Sonde.Dashboard.Folders;

/// <summary>The run folders that the server shows: the given folders, and run folders at most two levels below them.</summary>
/// <param name="roots">The given folders.</param>
internal sealed class RunFolders(IReadOnlyList<string> roots)
{
    private const int Levels = 2;

    // More would be a wrong folder, such as the root of a disk.
    private const int MostFolders = 500, MostEntries = 20_000;

    private readonly Lock searching = new();
    private readonly Dictionary<string, WatchedRun> known = [];

    /// <summary>The run folders as of the last search, by their key in addresses.</summary>
    public IReadOnlyDictionary<string, WatchedRun> All { get; private set; } = new Dictionary<string, WatchedRun>();

    /// <summary>Finds a run folder by its key; null if there is none.</summary>
    public WatchedRun? Find(string? key) => key is not null && All.TryGetValue(key, out var run) ? run : null;

    /// <summary>Searches again.</summary>
    /// <returns>True if a run folder is new or gone.</returns>
    public bool Search()
    {
        lock (searching)
        {
            var found = new Dictionary<string, WatchedRun>();
            foreach (var root in roots)
            {
                var guard = new FolderGuard(root);
                foreach (var folder in RunFoldersIn(root, Levels, guard).Take(MostFolders))
                {
                    var run = known.TryGetValue(folder, out var before) ? before : known[folder] = new(RunFolder.Open(folder), guard);
                    found.TryAdd(KeyOf(root, folder, found), run);
                }
            }
            var isChanged = !found.Keys.SequenceEqual(All.Keys);
            if (isChanged)
                All = found;
            return isChanged;
        }
    }

    // Its name and the way from the given folder: the same for everybody who has the folder, wherever it is.
    private static string KeyOf(string root, string folder, Dictionary<string, WatchedRun> taken)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
        var way = Path.GetRelativePath(root, folder).Replace('\\', '/');
        var key = way == "." ? name : $"{name}/{way}";
        return taken.ContainsKey(key) ? $"{key}-{taken.Count}" : key;
    }

    private static IEnumerable<string> RunFoldersIn(string folder, int levels, FolderGuard guard)
    {
        if (guard.FindRefusal(folder) is not null)
            return [];
        try
        {
            if (IsRunFolder(folder))
                return [folder];
            return levels == 0 ? [] : [.. Directory.EnumerateDirectories(folder).Take(MostEntries).Order(StringComparer.Ordinal)
                .SelectMany(child => RunFoldersIn(child, levels - 1, guard))];
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static bool IsRunFolder(string folder)
    {
        try
        {
            RunFolder.Open(folder);
            return true;
        }
        catch (RecordException)
        {
            return false;
        }
    }
}
