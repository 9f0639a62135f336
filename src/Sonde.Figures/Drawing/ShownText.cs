using System.Globalization;
using System.Text;
using SkiaSharp;

namespace Sonde.Figures.Drawing;

/// <summary>Makes names from files fit for a picture.</summary>
internal static class ShownText
{
    /// <summary>Characters of a name in a title or a legend.</summary>
    public const int MostCharacters = 60;

    private const string Cut = "…";

    /// <summary>Replaces control characters, and those that change the direction of writing, by <c>?</c>.</summary>
    public static string WithoutControls(string text) => text.Any(IsControl) ? string.Concat(text.Select(c => IsControl(c) ? '?' : c)) : text;

    /// <summary>Replaces characters that cannot be drawn by <c>?</c> and cuts long text.</summary>
    /// <param name="text">A name, such as a trial's id.</param>
    /// <param name="most">Most characters of the result, 1 or more.</param>
    public static string ForPicture(string text, int most = MostCharacters)
    {
        var face = Face;
        var shown = new StringBuilder();
        foreach (var rune in WithoutControls(text).EnumerateRunes())
            shown.Append(CanDraw(rune, face) ? rune.ToString() : "?");
        return Shorten(shown.ToString(), most);
    }

    /// <summary>Returns a class name, or <c>class 3</c> if one of its characters cannot be drawn.</summary>
    /// <param name="name">The name of the class.</param>
    /// <param name="index">Its index, from 0.</param>
    public static string OfClass(string name, int index)
    {
        var face = Face;
        return name.EnumerateRunes().All(rune => CanDraw(rune, face)) || IsOneRightToLeftScript(name, face) ? name
            : string.Create(CultureInfo.InvariantCulture, $"class {index}");
    }

    /// <summary>True if a text has to be shaped: its letters join, or run from the right.</summary>
    public static bool NeedsShaping(string text) => text.EnumerateRunes().Any(rune => NeedsShaping(rune.Value));

    // A shaped line has one direction. A name that mixes directions would come out in the wrong order, so it is not drawn.
    private static bool IsOneRightToLeftScript(string name, SKTypeface face) => name.EnumerateRunes().All(rune =>
        face.ContainsGlyph(rune.Value) && (rune.Value is >= 0x0590 and <= 0x06FF || rune.Value == ' '));

    /// <summary>Cuts the end of a text off, one user-perceived character at a time, until it fits.</summary>
    /// <param name="text">The text.</param>
    /// <param name="fits">True for a text that fits.</param>
    public static string Shorten(string text, Func<string, bool> fits)
    {
        if (fits(text))
            return text;
        var elements = StringInfo.ParseCombiningCharacters(text);
        for (var count = elements.Length - 1; count > 0; count--)
            if (fits(text[..elements[count]] + Cut))
                return text[..elements[count]] + Cut;
        return Cut;
    }

    /// <summary>Cuts text that is longer than this many characters.</summary>
    public static string Shorten(string text, int most) => Shorten(text, shortened => shortened.Length <= most);

    private static SKTypeface Face => EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false)!;

    // Skia draws one glyph after the other: scripts that join or reorder letters would come out wrong, and unknown letters as boxes.
    private static bool CanDraw(Rune rune, SKTypeface face) => face.ContainsGlyph(rune.Value) && !NeedsShaping(rune.Value) && !Rune.IsControl(rune);

    // Hebrew to Arabic Extended-A, the scripts of India to Myanmar, Khmer to Mongolian, and the presentation forms of Arabic.
    private static bool NeedsShaping(int codePoint) => codePoint is >= 0x0590 and <= 0x08FF or >= 0x0900 and <= 0x109F or >= 0x1780 and <= 0x18AF
        or >= 0xFB1D and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF;

    private static bool IsControl(char c) => char.IsControl(c) || c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069';
}
