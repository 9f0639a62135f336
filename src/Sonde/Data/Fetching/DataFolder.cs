using Sonde.Numerics.Checks;

namespace Sonde.Data.Fetching;

/// <summary>A folder that may hold datasets, one subfolder each.</summary>
/// <param name="Origin">The origin of the path: <c>--data-dir</c>, <c>SONDE_DATA</c> or <c>the user's cache</c>.</param>
/// <param name="Path">Full path; it need not exist.</param>
public sealed record DataPlace(string Origin, string Path);

/// <summary>The folders that are searched for datasets: <c>--data-dir</c>, then <c>SONDE_DATA</c>, then the user's cache.</summary>
public sealed class DataFolder
{
    private const string Variable = "SONDE_DATA";

    /// <summary>Lists the places in their order, without those that are null or empty.</summary>
    /// <param name="commandLine">The value of <c>--data-dir</c>.</param>
    /// <param name="variable">The value of <c>SONDE_DATA</c>.</param>
    /// <param name="cache">The folder in the user's cache; null if the user has no home folder.</param>
    /// <exception cref="DataException">A path begins with <c>~</c>, which only a shell replaces.</exception>
    public DataFolder(string? commandLine, string? variable, string? cache) =>
        Places = [.. new (string Origin, string? Path)[] { ("--data-dir", commandLine), (Variable, variable), ("the user's cache", cache) }
            .Where(place => !string.IsNullOrEmpty(place.Path))
            .Select(place => new DataPlace(place.Origin, FullPath(place.Origin, place.Path!)))];

    /// <summary>The folders to search, in this order; fetched datasets go to the first.</summary>
    public IReadOnlyList<DataPlace> Places { get; }

    /// <summary>Returns the data folders of this process and its user.</summary>
    /// <param name="commandLine">The value of <c>--data-dir</c>; null if not given.</param>
    public static DataFolder OfUser(string? commandLine = null) => new(commandLine, Environment.GetEnvironmentVariable(Variable), UserCache());

    /// <summary>Finds the first folder that holds a dataset; null if none does.</summary>
    /// <param name="dataset">The dataset's name, which is also its subfolder's.</param>
    /// <param name="holds">True for a folder with all files of the dataset.</param>
    public string? Find(string dataset, Func<string, bool> holds)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        ArgumentNullException.ThrowIfNull(holds);
        return Places.Select(place => System.IO.Path.Combine(place.Path, dataset)).FirstOrDefault(holds);
    }

    /// <summary>Returns the folder for a dataset that is fetched: a subfolder of the first place.</summary>
    /// <param name="dataset">The dataset's name.</param>
    /// <exception cref="DataException">There is no place at all.</exception>
    public string Target(string dataset) => System.IO.Path.Combine(First.Path, Given.NotNull(dataset, nameof(dataset)));

    /// <summary>The place for new datasets.</summary>
    /// <exception cref="DataException">There is no place at all.</exception>
    internal DataPlace First => Places.Count > 0 ? Places[0]
        : throw new DataException($"No folder for datasets: this user has no home folder. Name one with --data-dir or {Variable}.");

    /// <summary>Returns the full path of a path that a user wrote.</summary>
    /// <param name="origin">The option or field that named it.</param>
    /// <param name="path">The path as it was written.</param>
    /// <exception cref="DataException">It is empty, or begins with <c>~</c>, which only a shell replaces.</exception>
    public static string FullPath(string origin, string path)
    {
        ArgumentNullException.ThrowIfNull(origin);
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path))
            throw new DataException($"{origin}: expected a path, found none. Write one, or leave {origin} out.");
        if (path == "~" || path.StartsWith("~/", StringComparison.Ordinal))
            throw new DataException($"{origin}: '{path}' begins with '~', which only a shell replaces, and not inside quotes or after '='. Write the whole "
                + "path, or $HOME instead of '~'.");
        return System.IO.Path.GetFullPath(path);
    }

    /// <summary>Lists all places that were searched for a dataset, for error messages.</summary>
    /// <param name="dataset">The dataset's name.</param>
    public string Tried(string dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return Places.Count == 0 ? $"no folder at all (name one with --data-dir or {Variable})"
            : string.Join(", ", Places.Select(place => $"{System.IO.Path.Combine(place.Path, dataset)} ({place.Origin})"));
    }

    // Null rather than a relative path: a relative cache would be another one in every folder.
    private static string? UserCache()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!string.IsNullOrEmpty(cache) && System.IO.Path.IsPathRooted(cache))
            return System.IO.Path.Combine(cache, "sonde");
        var home = Environment.GetFolderPath(
            OperatingSystem.IsWindows() ? Environment.SpecialFolder.LocalApplicationData : Environment.SpecialFolder.UserProfile);
        return home.Length == 0 ? null
            : OperatingSystem.IsWindows() ? System.IO.Path.Combine(home, "sonde") : System.IO.Path.Combine(home, ".cache", "sonde");
    }
}
