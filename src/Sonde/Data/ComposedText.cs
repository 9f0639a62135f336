using System.Text;

namespace Sonde.Data;

/// <summary>Names in composed form: file systems write the same letter as one character or as a letter and its accent.</summary>
/// <remarks>.NET has Unicode's tables only with ICU, which Sonde does without. This knows the accents of Latin letters and the syllables of Hangul and
/// Kana; other names stay as they are.</remarks>
internal static class ComposedText
{
    private const char FirstLeading = '\u1100', FirstVowel = '\u1161', FirstTrailing = '\u11A8', FirstSyllable = '\uAC00';
    private const int Leadings = 19, Vowels = 21, Trailings = 28;

    private static readonly Dictionary<(char Letter, char Accent), char> Composed = Table(
        ('\u0300', "AEIOUNaeioun", "ÀÈÌÒÙǸàèìòùǹ"),
        ('\u0301', "AEIOUYCLNRSZaeiouyclnrsz", "ÁÉÍÓÚÝĆĹŃŔŚŹáéíóúýćĺńŕśź"),
        ('\u0302', "AEIOUCGHJSWYaeioucghjswy", "ÂÊÎÔÛĈĜĤĴŜŴŶâêîôûĉĝĥĵŝŵŷ"),
        ('\u0303', "AINOUainou", "ÃĨÑÕŨãĩñõũ"),
        ('\u0304', "AEIOUaeiou", "ĀĒĪŌŪāēīōū"),
        ('\u0306', "AEGIOUaegiou", "ĂĔĞĬŎŬăĕğĭŏŭ"),
        ('\u0307', "CEGIZcegz", "ĊĖĠİŻċėġż"),
        ('\u0308', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"),
        ('\u030A', "AUau", "ÅŮåů"),
        ('\u030B', "OUou", "ŐŰőű"),
        ('\u030C', "CDENRSTZcdenrstz", "ČĎĚŇŘŠŤŽčďěňřšťž"),
        ('\u0327', "CGKLNRSTcgklnrst", "ÇĢĶĻŅŖŞŢçģķļņŗşţ"),
        ('\u0328', "AEIUaeiu", "ĄĘĮŲąęįų"),
        ('\u3099', "かきくけこさしすせそたちつてとはひふへほ", "がぎぐげござじずぜぞだぢづでどばびぶべぼ"),
        ('\u3099', "カキクケコサシスセソタチツテトハヒフヘホウ", "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ"),
        ('\u309A', "はひふへほハヒフヘホ", "ぱぴぷぺぽパピプペポ"));

    /// <summary>Returns the name with every letter and accent as one character.</summary>
    public static string From(string name)
    {
        if (name.All(char.IsAscii))
            return name;
        var composed = new StringBuilder(name.Length);
        foreach (var next in name)
        {
            if (composed.Length > 0 && Join(composed[^1], next) is { } joined)
                composed[^1] = joined;
            else
                composed.Append(next);
        }
        return composed.ToString();
    }

    private static char? Join(char before, char next) =>
        Composed.TryGetValue((before, next), out var joined) ? joined
        : before is >= FirstLeading and < (char)(FirstLeading + Leadings) && next is >= FirstVowel and < (char)(FirstVowel + Vowels)
            ? (char)(FirstSyllable + ((before - FirstLeading) * Vowels + next - FirstVowel) * Trailings)
        : before is >= FirstSyllable and < (char)(FirstSyllable + Leadings * Vowels * Trailings) && (before - FirstSyllable) % Trailings == 0
            && next is >= FirstTrailing and < (char)(FirstTrailing + Trailings - 1)
            ? (char)(before + next - FirstTrailing + 1) : null;

    private static Dictionary<(char Letter, char Accent), char> Table(params (char Accent, string Letters, string Joined)[] rows) =>
        rows.SelectMany(row => row.Letters.Zip(row.Joined, (letter, joined) => ((letter, row.Accent), joined))).ToDictionary();
}
