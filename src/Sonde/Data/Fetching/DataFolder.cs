namespace Sonde.Data.Fetching;

/// <summary>A folder in which datasets may lie, one subfolder each.</summary>
/// <param name="Origin">Who named it: <c>--data-dir</c>, <c>SONDE_DATA</c> or <c>the user's cache</c>.</param>
/// <param name="Path">Full path; it need not exist.</param>
public sealed record DataPlace(string Origin, string Path);

/// <summary>Where datasets lie on this machine: looked for in <c>--data-dir</c>, then <c>SONDE_DATA</c>, then the user's cache.</summary>
public sealed class DataFolder
{
    private const string Variable = "SONDE_DATA";

    /// <summary>The places in their order; those null or empty are left out.</summary>
    /// <param name="commandLine">The value of <c>--data-dir</c>.</param>
    /// <param name="variable">The value of <c>SONDE_DATA</c>.</param>
    /// <param name="cache">The folder in the user's cache.</param>
    public DataFolder(string? commandLine, string? variable, string cache) =>
        Places = [.. new (string Origin, string? Path)[] { ("--data-dir", commandLine), (Variable, variable), ("the user's cache", cache) }
            .Where(place => !string.IsNullOrEmpty(place.Path))
            .Select(place => new DataPlace(place.Origin, System.IO.Path.GetFullPath(place.Path!)))];

    /// <summary>Where to look, in this order; what is fetched goes to the first.</summary>
    public IReadOnlyList<DataPlace> Places { get; }

    /// <summary>The data folder of this process and its user.</summary>
    /// <param name="commandLine">The value of <c>--data-dir</c>; null if not given.</param>
    public static DataFolder OfUser(string? commandLine = null) => new(commandLine, Environment.GetEnvironmentVariable(Variable), UserCache());

    /// <summary>The first folder that holds a dataset; null where none does.</summary>
    /// <param name="dataset">The dataset's name, which is also its subfolder's.</param>
    /// <param name="holds">True for a folder with all that the dataset needs.</param>
    public string? Find(string dataset, Func<string, bool> holds) =>
        Places.Select(place => System.IO.Path.Combine(place.Path, dataset)).FirstOrDefault(holds);

    /// <summary>Where a dataset is put when it is fetched: a subfolder of the first place.</summary>
    /// <param name="dataset">The dataset's name.</param>
    public string Target(string dataset) => System.IO.Path.Combine(Places[0].Path, dataset);

    /// <summary>Every place a dataset was looked for in, for error messages.</summary>
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
