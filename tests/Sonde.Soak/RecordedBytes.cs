namespace Sonde.Soak;

/// <summary>Compares the files of runs that hold numbers, and skips those that say when, where and how long.</summary>
internal static class RecordedBytes
{
    /// <summary>Counts the bytes in which two runs differ; a missing or additional file counts with all of its bytes.</summary>
    public static long Differing(string expected, string actual)
    {
        var (before, after) = (Read(expected), Read(actual));
        return before.Keys.Union(after.Keys).Sum(name => Differing(before.GetValueOrDefault(name, []), after.GetValueOrDefault(name, [])));
    }

    private static long Differing(byte[] left, byte[] right) =>
        left.Zip(right).LongCount(pair => pair.First != pair.Second) + Math.Abs(left.Length - right.Length);

    private static Dictionary<string, byte[]> Read(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".parquet" or ".safetensors" or ".yaml" or ".tmp")
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes);
}
