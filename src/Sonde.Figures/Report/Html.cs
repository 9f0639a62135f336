using System.Net;

namespace Sonde.Figures.Report;

/// <summary>Text that is safe inside HTML.</summary>
internal static class Html
{
    /// <summary>Text with the five special characters as entities.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>Text as an id and as a link's fragment: letters, digits, dots and hyphens stay, anything else becomes <c>_</c> and its code.</summary>
    public static string Id(string text) =>
        string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c.ToString() : $"_{(int)c:x}"));
}
