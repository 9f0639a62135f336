using System.Text.Json;

namespace Sonde.Cli.Tests;

/// <summary>What a run folder holds, seen from outside.</summary>
internal static class RecordedNumbers
{
    /// <summary>Asserts that two runs have the same files of numbers, byte by byte; those that say when and how long are left out.</summary>
    /// <param name="expected">A run folder.</param>
    /// <param name="actual">The other.</param>
    /// <param name="isExtended">True if one was made longer. Then findings may differ: they are what was said at the time, when fewer updates were
    /// planned.</param>
    public static void AssertSame(string expected, string actual, bool isExtended = false)
    {
        var (before, after) = (Of(expected, isExtended), Of(actual, isExtended));
        Assert.NotEmpty(before);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(before, file => Assert.True(file.Value.AsSpan().SequenceEqual(after[file.Key]), $"{file.Key} differs"));
    }

    /// <summary>True once a trial has a checkpoint that counts.</summary>
    public static bool HasSaved(string folder, string trial = "tanh-s1") =>
        File.Exists(Path.Combine(folder, "trials", trial, "trial.json")) && Manifest(folder, trial).GetProperty("updates").GetInt64() > 0;

    /// <summary>True once a trial has a checkpoint after an update.</summary>
    public static bool HasSavedBeyond(string folder, long update, string trial = "tanh-s1") =>
        Manifest(folder, trial).GetProperty("updates").GetInt64() > update;

    public static string? StatusOf(string folder, string trial = "tanh-s1") => Manifest(folder, trial).GetProperty("status").GetString();

    public static int AttemptOf(string folder, string trial = "tanh-s1") => Manifest(folder, trial).GetProperty("attempt").GetInt32();

    private static JsonElement Manifest(string folder, string trial)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "trials", trial, "trial.json")));
        return document.RootElement.Clone();
    }

    private static Dictionary<string, byte[]> Of(string folder, bool isExtended) =>
        Directory.EnumerateFiles(Path.Combine(folder, "trials"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".parquet" or ".safetensors")
            .Where(file => !isExtended || Path.GetFileName(Path.GetDirectoryName(file)) != "findings")
            .ToDictionary(file => Path.GetRelativePath(folder, file), File.ReadAllBytes);
}
