using System.Globalization;
using System.Text.RegularExpressions;
using Sonde.Networks;
using Sonde.Numerics.Checks;

namespace Sonde.Studies.Fields;

/// <summary>Finds the value that somebody meant who wrote a number as people do: <c>0,01</c>, <c>20k</c>, <c>1_000</c>, <c>10*3</c>.</summary>
internal static partial class Cure
{
    private const int MostLetters = 40, MostSeeds = 20;

    /// <summary>Returns what to write instead, as a value of the field; null if nothing comes close.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">What was written.</param>
    public static string? Find(Field field, string text) => text.Length > MostLetters || (!field.IsNumber && field.Path != FieldList.Hidden) ? null
        : Candidates(field, text.Trim()).FirstOrDefault(candidate => candidate != text && field.Canonical(candidate) is not null);

    /// <summary>Returns what is wrong with a value that looks right: a number outside single precision, or a rule's number that cannot be read. Null if
    /// there is nothing to say.</summary>
    /// <param name="field">The field.</param>
    /// <param name="text">What was written.</param>
    public static string? FindRemark(Field field, string text)
    {
        if (field.IsNumber && field.Canonical("1") is not null && Spelling.IsOutsideSinglePrecision(text))
            return "Training is in single precision, whose numbers above 0 are 1.4e-45 to 3.4e38.";
        if (field.Path == FieldList.Seeds && SeedRange().Match(text.Trim()) is { Success: true } range)
            return SeedList(int.Parse(range.Groups["first"].Value), int.Parse(range.Groups["last"].Value));
        if (field.Path == FieldList.Hidden && UnknownWord(text) is { } word)
            return NameSuggestion.Find(word, LayerWords) is { } near ? $"Did you mean '{near}' for '{word}'?"
                : $"No activation and no initializer is called '{word}'.";
        var rule = field.Names.FirstOrDefault(name => name.IndexOf('(', StringComparison.Ordinal) is > 0 and var bracket
            && text.Trim().StartsWith(name[..(bracket + 1)], StringComparison.OrdinalIgnoreCase));
        if (rule is null)
            return null;
        var example = $"{rule[..rule.IndexOf('(', StringComparison.Ordinal)]}(0.05)";
        return field.Canonical(example) is null ? null : $"Write one number in the brackets, {(rule.StartsWith("constant", StringComparison.Ordinal)
            ? "" : "above 0, ")}such as {example}.";
    }

    private static IReadOnlyList<string> LayerWords =>
        [.. ActivationList.All.Select(activation => activation.Name), .. InitializerList.WithoutSetting.Select(rule => rule.Name), "frozen"];

    // The first word of a layer, after its units, that is no activation, initializer, dropout or frozen.
    private static string? UnknownWord(string text) => text.Split(',').SelectMany(layer => layer.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        .FirstOrDefault(word => !LayerWords.Contains(word) && word.All(letter => char.IsAsciiLetter(letter) || letter is '-' or '_'));

    private static string? SeedList(int first, int last) => last <= first || last - first >= MostSeeds ? null
        : $"Write a list: [{string.Join(", ", Enumerable.Range(first, last - first + 1))}].";

    private static IEnumerable<string> Candidates(Field field, string text)
    {
        if (field.Path == FieldList.Hidden)
        {
            yield return Times().Replace(text, "x");
            yield return Times().Replace(Separators().Replace(text, ","), "x").Trim(',');
            yield break;
        }
        if (Spelling.IsGrouped(text))
            yield return Grouping().Replace(text, "");
        yield return text.Replace(',', '.');
        yield return text.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
        if (WithUnit().Match(text) is { Success: true } match
            && decimal.TryParse(match.Groups["number"].Value.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            yield return (number * match.Groups["unit"].Value.ToLowerInvariant() switch { "k" => 1_000m, "m" => 1_000_000m, _ => 0.01m })
                .ToString("0.##########", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"\s*[*xX\u00D7]\s*")]
    private static partial Regex Times();

    [GeneratedRegex(@"[\s,;()\[\]-]+")]
    private static partial Regex Separators();

    [GeneratedRegex(@"\A(?<first>[0-9]{1,9})\s*(\.\.\.?|-|to|:)\s*(?<last>[0-9]{1,9})\z")]
    private static partial Regex SeedRange();

    [GeneratedRegex(@"[_.,'\s]")]
    private static partial Regex Grouping();

    [GeneratedRegex(@"\A(?<number>[0-9]+([.,][0-9]+)?)\s*(?<unit>[kKmM%])\z")]
    private static partial Regex WithUnit();
}
