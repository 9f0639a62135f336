using System.Text.RegularExpressions;

namespace Sonde.Studies.Yaml;

/// <summary>Explains why a text is not YAML, by the mistakes that people make most: a tab, a backslash in quotes, a missing colon.</summary>
internal static partial class YamlMistakes
{
    private const int LinesBefore = 2;

    /// <summary>Finds the mistake behind an error of the parser.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="line">The line of the error, from 1.</param>
    /// <param name="reason">What the parser says.</param>
    /// <returns>Line and column from 1, and a sentence with the cure; null if the cause is another.</returns>
    public static (int Line, int Column, string Sentence)? Find(string text, long line, string reason)
    {
        var lines = text.Split('\n').Select(l => l.TrimEnd('\r')).ToArray();
        var last = (int)Math.Clamp(line, 1, lines.Length);
        return Tab(lines, last) ?? Backslash(lines, last, reason) ?? Colon(lines, last);
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
}
