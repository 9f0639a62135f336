using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Sonde.Data.Arrays;
using Sonde.Data.Fetching;

namespace Sonde.Data.Published;

/// <summary>A set in a data folder that <c>sonde data build</c> made.</summary>
/// <param name="Name">Its name, also that of its folder.</param>
/// <param name="Folder">The folder with its files.</param>
/// <param name="Description">One line.</param>
public sealed record BuiltSet(string Name, string Folder, string Description);

/// <summary>The sets that <c>sonde data build</c> made: IDX files of each part, the names of the classes, and a description.</summary>
public static partial class BuiltSets
{
    /// <summary>The file that marks a folder as such a set; it is written last.</summary>
    public const string DescriptionFile = "set.json";

    /// <summary>The names that such a set may have, as a regular expression: names are folders, and values in study files.</summary>
    public const string NamePattern = "(?!(true|false|null)$)[a-z][a-z0-9-]{0,59}";

    /// <summary>The names that such a set may have, in words.</summary>
    public const string NameRule = "small letters, digits and hyphens, beginning with a letter, at most 60 of them";

    /// <summary>True for a name that such a set may have.</summary>
    public static bool IsName(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return IsWord(text) && !DatasetList.Names.Contains(text);
    }

    /// <summary>True for a word that any dataset may have as its name.</summary>
    internal static bool IsWord(string text) => Name().IsMatch(text);

    /// <summary>Lists the sets in the data folders by name; if two have the same name, the one that studies use.</summary>
    public static IReadOnlyList<BuiltSet> In(DataFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return [.. folder.Places.Where(place => Directory.Exists(place.Path)).SelectMany(place => Directory.GetDirectories(place.Path))
            .Where(set => Holds(set) && IsName(Path.GetFileName(set))).Select(Describe).DistinctBy(set => set.Name)
            .OrderBy(set => set.Name, StringComparer.Ordinal)];
    }

    /// <summary>True for a folder that holds such a set.</summary>
    internal static bool Holds(string folder) => File.Exists(Path.Combine(folder, DescriptionFile));

    /// <summary>Opens such a set.</summary>
    /// <exception cref="DataException">There is none of that name, or its files are broken.</exception>
    internal static ArrayDataset Open(DatasetSetting setting, DataFolder folder)
    {
        var name = setting.Name;
        if (!IsName(name) || folder.Find(name, Holds) is not { } found)
            throw new DataException($"dataset '{name}'", $"one of {string.Join(", ", DatasetList.Names)}, or a set that `sonde data build` made",
                IsName(name) ? $"no such set in {folder.Tried(name)}" : "neither", "Correct the name, or build the set.");
        if (setting.Side is { } side)
            throw new DataException(name, "images of the side that it was built with", $"side {side}", "Remove `side`, or build another set.");
        CheckDigests(found);
        var scale = setting.Range == PixelRange.ZeroToOne ? InputScaling.ZeroToOne : InputScaling.MinusOneToOne;
        return ArrayFiles.Open(name, found, new() { Scale = scale }, setting.Seed);
    }

    // `data build` records the SHA-256 of every file that it writes.
    private static void CheckDigests(string folder)
    {
        var path = Path.Combine(folder, DescriptionFile);
        try
        {
            if (JsonNode.Parse(DataFile.Read(path, () => File.ReadAllText(path)))?["sha256"] is not JsonObject digests)
                return;
            foreach (var (name, digest) in digests)
            {
                var file = Path.Combine(folder, Path.GetFileName(name));
                using var content = DataFile.Read(file, () => File.OpenRead(file));
                if (DataFile.Read(file, () => Convert.ToHexStringLower(SHA256.HashData(content))) is var found && found != (string?)digest)
                    throw new DataException(file, $"the SHA-256 that {DescriptionFile} gives, {digest}", found, "The file is damaged: build the set again.");
            }
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new DataException($"{path}: expected the JSON document that `sonde data build` wrote, found something else. Build the set again.", error);
        }
    }

    private static BuiltSet Describe(string folder)
    {
        var path = Path.Combine(folder, DescriptionFile);
        try
        {
            var text = DataFile.Read(path, () => File.ReadAllText(path));
            return new(Path.GetFileName(folder), folder, (string?)JsonNode.Parse(text)?["description"] ?? "without a description");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return new(Path.GetFileName(folder), folder, $"with a broken {DescriptionFile}");
        }
    }

    [GeneratedRegex($@"\A{NamePattern}\z")]
    private static partial Regex Name();
}
