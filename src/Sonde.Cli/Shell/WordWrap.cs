namespace Sonde.Cli.Shell;

/// <summary>Breaks lines between words.</summary>
internal static class WordWrap
{
    /// <summary>Returns the lines of a text, each at most <paramref name="width"/> characters; only a word that is longer by itself, such as a path,
    /// exceeds it.</summary>
    /// <param name="text">One line.</param>
    /// <param name="width">Characters per line.</param>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        if (text.Length <= width)
            return [text];
        var lines = new List<string>();
        // Spaces at the beginning are kept: they indent.
        var line = text[..(text.Length - text.TrimStart(' ').Length)];
        foreach (var word in Words(text))
            if (string.IsNullOrWhiteSpace(line))
                line += word;
            else if (line.Length + 1 + word.Length <= width)
                line += $" {word}";
            else
            {
                lines.Add(line);
                line = word;
            }
        lines.Add(line);
        return lines;
    }

    // A number stays with its per cent sign.
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            if (word[0] == '%' && words.Count > 0)
                words[^1] += $" {word}";
            else
                words.Add(word);
        return words;
    }
}
