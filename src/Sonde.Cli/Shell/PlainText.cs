namespace Sonde.Cli.Shell;

/// <summary>Text that is safe to print: a file or another program may have put anything into it.</summary>
internal static class PlainText
{
    private const int Longest = 2_000, End = 500;

    /// <summary>Returns one line for a terminal: <see cref="Clean"/>, and without its middle if it has more than 2,000 characters.</summary>
    public static string Line(string text) => Clean(text.Length <= Longest ? text
        : $"{text[..(Longest - End)]} ... ({QuantityText.Whole(text.Length - Longest)} characters left out) ... {text[^End..]}");

    /// <summary>Returns the text with a <c>?</c> for each control character: line ends, tabs, escape sequences, and characters that turn the direction of
    /// writing.</summary>
    public static string Clean(string text) =>
        text.Any(IsControl) ? string.Concat(text.Select(character => IsControl(character) ? '?' : character)) : text;

    private static bool IsControl(char character) =>
        char.IsControl(character) || character is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
