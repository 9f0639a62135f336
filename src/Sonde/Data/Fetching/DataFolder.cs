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
    /// <param name="cache">The folder in the user's cache.</param>
    public DataFolder(string? commandLine, string? variable, string cache) =>
        Places = [.. new (string Origin, string? Path)[] { ("--data-dir", commandLine), (Variable, variable), ("the user's cache", cache) }
            .Where(place => !string.IsNullOrEmpty(place.Path))
            .Select(place => new DataPlace(place.Origin, System.IO.Path.GetFullPath(place.Path!)))];

    /// <summary>The folders to search, in this order; fetched datasets go to the first.</summary>
    public IReadOnlyList<DataPlace> Places { get; }

    /// <summary>Returns the data folders of this process and its user.</summary>
    /// <param name="commandLine">The value of <c>--data-dir</c>; null if not given.</param>
    public static DataFolder OfUser(string? commandLine = null) => new(commandLine, Environment.GetEnvironmentVariable(Variable), UserCache());

    /// <summary>Finds the first folder that holds a dataset; null if none does.</summary>
    /// <param name="dataset">The dataset's name, which is also its subfolder's.</param>
    /// <param name="holds">True for a folder with all files of the dataset.</param>
    public string? Find(string dataset, Func<string, bool> holds) =>
        Places.Select(place => System.IO.Path.Combine(place.Path, dataset)).FirstOrDefault(holds);

    /// <summary>Returns the folder for a dataset that is fetched: a subfolder of the first place.</summary>
    /// <param name="dataset">The dataset's name.</param>
    public string Target(string dataset) => System.IO.Path.Combine(Places[0].Path, dataset);

    /// <summary>Lists all places that were searched for a dataset, for error messages.</summary>
    /// <param name="dataset">The dataset's name.</param>
    public string Tried(string dataset) => string.Join(", ", Places.Select(place => $"{System.IO.Path.Combine(place.Path, dataset)} ({place.Origin})"));

    private static string UserCache()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        if (!string.IsNullOrEmpty(cache))
            return System.IO.Path.Combine(cache, "sonde");
        return OperatingSystem.IsWindows()
            ? System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), "sonde")
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache", "sonde");
    }
}
