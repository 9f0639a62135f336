namespace Sonde.HouseRules;

/// <summary>The checkout that these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>All C# files below a folder of the checkout, as paths relative to its root with forward slashes.</summary>
    public static IReadOnlyList<string> SourceFiles(string folder) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Contains("/obj/") && !path.Contains("/bin/"))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The documents, as paths relative to its root with forward slashes.</summary>
    public static IReadOnlyList<string> Documents() =>
    [
        .. Directory.EnumerateFiles(Root, "*.md").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
        "benchmarks/README.md",
        .. Directory.EnumerateFiles(Path.Combine(Root, "docs"), "*.md").Select(path => $"docs/{Path.GetFileName(path)}").Order(StringComparer.Ordinal),
    ];

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Sonde.slnx")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException("Expected Sonde.slnx above the test binary, found none. Run the tests from a checkout.");
        return folder;
    }
}
