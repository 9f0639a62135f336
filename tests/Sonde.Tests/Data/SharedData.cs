namespace Sonde.Tests.Data;

/// <summary>Finds real data beside the repository: a folder <c>shared/data</c> in any folder above the tests.</summary>
internal static class SharedData
{
    public static string? Folder { get; } =
        Above(AppContext.BaseDirectory).Select(folder => Path.Combine(folder, "shared", "data")).FirstOrDefault(Directory.Exists);

    /// <summary>The folder of MNIST; skips the test where there is none.</summary>
    public static string Mnist()
    {
        var folder = Folder is null ? null : Path.Combine(Folder, "mnist");
        Assert.SkipUnless(Directory.Exists(folder), "Needs the real MNIST files in shared/data/mnist beside the repository; they are not there.");
        return folder!;
    }

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}
