using System.Globalization;
using System.Text;

namespace Sonde.Data;

/// <summary>Text from files, made fit for a message or a picture: control characters become <c>?</c>, and long text is cut.</summary>
internal static class PrintableText
{
    private const int Most = 40;

    /// <summary>Returns the text without control, formatting and broken characters, cut to a length.</summary>
    /// <param name="text">Any text, such as a cell, a label or a file name.</param>
    /// <param name="most">The most characters before the text is cut.</param>
    public static string From(ReadOnlySpan<char> text, int most = Most)
    {
        var printable = new StringBuilder();
        var characters = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++characters > most)
                return printable.Append("...").ToString();
            printable.Append(IsPrintable(rune) ? rune.ToString() : "?");
        }
        return printable.ToString();
    }

    // Formatting characters turn the direction of what follows them; a broken character is read as U+FFFD.
    private static bool IsPrintable(Rune rune) => rune != Rune.ReplacementChar && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control
        or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        or UnicodeCategory.OtherNotAssigned);
}
