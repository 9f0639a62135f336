using System.Buffers;
using System.Text.RegularExpressions;

namespace Sonde.Studies.Yaml;

/// <summary>Explains why a text is not YAML, by the mistakes that people make most: a tab, another space than the ordinary one, a
/// backslash in quotes, a missing colon, two colons in a line, columns that differ.</summary>
internal static partial class YamlMistakes
{
    private const int LinesBefore = 2;

    // The no-break space, the typographic ones, the invisible ones, and the wide one.
    private static readonly SearchValues<char> OddSpaces = SearchValues.Create(
        "\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u200B\u202F\u205F\u2060\u3000\uFEFF");

    /// <summary>Finds the mistake behind an error of the parser.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="line">The line of the error, from 1.</param>
    /// <param name="reason">What the parser says.</param>
    /// <returns>Line and column from 1, and a sentence with the cure; null if the cause is another.</returns>
    public static (int Line, int Column, string Sentence)? Find(string text, long line, string reason)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        var last = (int)Math.Clamp(line, 1, lines.Length);
        return Tab(lines, last) ?? Space(lines, last) ?? Backslash(lines, last, reason) ?? Colon(lines, last) ?? TwoColons(lines, last) ?? Columns(lines, last);
    }

    /// <summary>The place of a space that only looks like an ordinary one, as web pages and word processors write it; null if there is none.</summary>
    public static int? FindOddSpace(string text) => text.AsSpan().IndexOfAny(OddSpaces) is >= 0 and var at ? at : null;

    /// <summary>What to do about such a space.</summary>
    public static string OddSpaceSentence(string text, int at) => $"here is a space of another kind (U+{(int)text[at]:X4}), which YAML takes for a letter. "
        + "Type an ordinary space in its place.";

    private static (int, int, string)? Space(string[] lines, int last)
    {
        for (var i = 0; i < last; i++)
            if (FindOddSpace(lines[i].Split(" #")[0]) is { } at)
                return (i + 1, at + 1, OddSpaceSentence(lines[i], at));
        return null;
    }

    private static (int, int, string)? TwoColons(string[] lines, int last)
    {
        if (Nested().Match(lines[last - 1]) is not { Success: true } found)
            return null;
        var (section, name, value) = (found.Groups["section"].Value, found.Groups["name"].Value, Node.Cut(found.Groups["value"].Value.Trim()));
        return (last, found.Groups["name"].Index + 1, $"Line {last} has two colons. Write '{section}: {{{name}: {value}}}', or give '{name}: {value}' a line "
            + $"of its own below '{section}:', indented by two spaces.");
    }

    /// <summary>A line that begins in a column of its own, between those of the lines above it.</summary>
    private static (int, int, string)? Columns(string[] lines, int last)
    {
        static int Indent(string line) => line.TakeWhile(c => c == ' ').Count();
        if (!Entry().IsMatch(lines[last - 1]))
            return null;
        var above = Enumerable.Range(0, last - 1).Reverse().Where(i => Entry().IsMatch(lines[i])).ToArray();
        var (indent, before) = (Indent(lines[last - 1]), above is [var nearest, ..] ? nearest : -1);
        if (before < 0 || Indent(lines[before]) == indent || (Indent(lines[before]) > indent && above.Any(i => Indent(lines[i]) == indent)))
            return null;
        var name = Entry().Match(lines[before]).Groups["name"].Value;
        return (last, indent + 1, $"Line {last} begins in column {indent + 1}, and the line of '{name}' above it in "
            + $"column {Indent(lines[before]) + 1}. Fields of one section begin in the same column.");
    }

    private static (int, int, string)? Tab(string[] lines, int last)
    {
        // The parser stops at the end of the line before the tab.
        for (var i = 0; i < Math.Min(last + 1, lines.Length); i++)
        {
            var indent = lines[i].TakeWhile(c => c is ' ' or '\t').ToArray();
            if (indent.Contains('\t') && indent.Length < lines[i].Length)
                return (i + 1, Array.IndexOf(indent, '\t') + 1,
                    $"Line {i + 1} starts with a tab. YAML allows only spaces: replace each tab with two spaces.");
        }
        return null;
    }

    private static (int, int, string)? Backslash(string[] lines, int last, string reason)
    {
        if (!reason.Contains("escape", StringComparison.OrdinalIgnoreCase))
            return null;
        var column = lines[last - 1].IndexOf('\\', StringComparison.Ordinal);
        return column < 0 ? null : (last, column + 1, $"Line {last} has a backslash in double quotes, where it begins an escape such as \\n. "
            + "Write the text in single quotes, or / instead of \\.");
    }

    private static (int, int, string)? Colon(string[] lines, int last)
    {
        for (var i = Math.Max(0, last - 1 - LinesBefore); i < last; i++)
            if (WithoutColon().Match(lines[i]) is { Success: true } found)
            {
                var (name, value) = (found.Groups["name"].Value, found.Groups["value"].Value.Trim());
                var cure = value.Length == 0 ? $"{name}:" : $"{name}: {Node.Cut(value)}";
                return (i + 1, found.Groups["name"].Index + found.Groups["name"].Length + 1, $"Line {i + 1} has no colon after the name. Write '{cure}'.");
            }
        return null;
    }

    [GeneratedRegex(@"\A *(?<name>[A-Za-z][A-Za-z0-9._-]{0,60})(?<value>( +[^:#\[\]{},""']*)?)\z")]
    private static partial Regex WithoutColon();

    [GeneratedRegex(@"\A *(?<section>[A-Za-z][A-Za-z0-9._-]{0,60}): +(?<name>[A-Za-z][A-Za-z0-9._-]{0,60}): +(?<value>[^#:]+)")]
    private static partial Regex Nested();

    [GeneratedRegex(@"\A *(?<name>[A-Za-z][A-Za-z0-9._-]{0,60}):( .*)?\z")]
    private static partial Regex Entry();
}
