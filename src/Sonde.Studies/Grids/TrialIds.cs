using System.Security.Cryptography;
using System.Text;
using Sonde.Networks;
using Sonde.Studies.Fields;

namespace Sonde.Studies.Grids;

/// <summary>Names trials: short, readable, and a function of the trial's own setting and of which fields are lists in the study.</summary>
internal static class TrialIds
{
    // File systems allow more; a longer id is cut, and a digest keeps it distinct.
    private const int LongestPart = 40, Longest = 120;
    private static readonly string[] Always = [FieldList.Activation, FieldList.Init, FieldList.LearningRate];

    /// <summary>The variant's name, or the activations and initializers that hidden layers have, each once, and the learning rate; then each other
    /// field that is a list; then the seed.</summary>
    /// <param name="variant">The variant's name; null outside variants.</param>
    /// <param name="flat">The trial's setting.</param>
    /// <param name="lists">The fields that are lists for this trial's variant, in their order.</param>
    public static string Build(string? variant, IReadOnlyDictionary<string, string> flat, IEnumerable<Field> lists)
    {
        var listed = lists.ToList();
        var first = variant is null ? Always.Select(path => FieldList.Find(path)!) : [];
        List<string> parts = variant is null ? [] : [variant];
        parts.AddRange(first.Concat(listed.Where(f => f.Path != FieldList.Seeds && !(variant is null && Always.Contains(f.Path))))
            .Where(f => flat.ContainsKey(f.Key))
            .Select(f => f.Tag + string.Join('-', (listed.Contains(f) ? [flat[f.Key]] : InLayers(f, flat)).Select(text => Part(f, text)))));
        parts.Add("s" + flat["seed"]);
        var id = string.Join('-', parts);
        return id.Length > Longest ? $"{id[..(Longest - 10)]}-{Digest(id)}" : id;
    }

    /// <summary>Returns what the hidden layers have for a field, which those that do not say it themselves take from the network.</summary>
    private static IEnumerable<string> InLayers(Field field, IReadOnlyDictionary<string, string> flat)
    {
        Func<HiddenLayer, string?>? own = field.Path switch
        {
            FieldList.Activation => layer => layer.Activation?.Name,
            FieldList.Init => layer => layer.Initializer?.Name,
            _ => null,
        };
        var layers = HiddenWidths.Find(flat.GetValueOrDefault(FieldList.Find(FieldList.Hidden)!.Key))?.Layers ?? [];
        return own is null || layers.Count == 0 ? [flat[field.Key]] : layers.Select(layer => own(layer) ?? flat[field.Key]).Distinct();
    }

    /// <summary>A value as part of a folder's name, with a digest if characters are left out.</summary>
    private static string Part(Field field, string text)
    {
        var shown = field.Leaf == "path" ? Path.GetFileName(Path.TrimEndingDirectorySeparator(text)) : text;
        var name = new StringBuilder();
        foreach (var c in shown)
        {
            if (char.IsAsciiLetterOrDigit(c) || c is '.' or '+' or '_')
                name.Append(c);
            else if (c is not (')' or ']' or '(' or '[' or ' '))
                name.Append('-');
        }
        var isWhole = name.Length <= LongestPart && (!field.IsFreeText || name.Equals(text) && !text.Contains('-', StringComparison.Ordinal));
        return isWhole ? name.ToString() : $"{name.ToString(0, Math.Min(name.Length, LongestPart))}-{Digest(text)}";
    }

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))[..4]);
}
