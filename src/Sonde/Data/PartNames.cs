namespace Sonde.Data;

/// <summary>The names that files and folders of a part may have, in any capitalization.</summary>
internal static class PartNames
{
    private static readonly Dictionary<string, Split> Parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["train"] = Split.Train, ["training"] = Split.Train,
        ["validation"] = Split.Validation, ["valid"] = Split.Validation, ["val"] = Split.Validation, ["dev"] = Split.Validation,
        ["test"] = Split.Test, ["testing"] = Split.Test, ["t10k"] = Split.Test,
    };

    /// <summary>Finds the part of a name; null if it is no part's name.</summary>
    public static Split? Find(string name) => Parts.TryGetValue(name, out var part) ? part : null;

    /// <summary>Lists the names of a part.</summary>
    public static IEnumerable<string> For(Split part) => Parts.Where(entry => entry.Value == part).Select(entry => entry.Key);
}
