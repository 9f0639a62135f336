using System.Net;
using Sonde.Figures.Drawing;

namespace Sonde.Figures.Report;

/// <summary>Makes text safe inside HTML.</summary>
internal static class Html
{
    /// <summary>Returns the text with the five special characters as entities and control characters as <c>?</c>.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(ShownText.WithoutControls(text));

    /// <summary>Returns prose like <see cref="Escape"/>, with each number on the same line as its per cent sign.</summary>
    public static string Prose(string text) => Escape(text.Replace(" %", "\u00a0%", StringComparison.Ordinal));

    /// <summary>Returns the text as an id and link target: letters, digits, dots and hyphens stay, any other character becomes <c>_</c> and its code.</summary>
    public static string Id(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c.ToString() : $"_{(int)c:x}"));
}
