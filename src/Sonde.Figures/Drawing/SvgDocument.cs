using System.Globalization;
using System.Xml.Linq;

namespace Sonde.Figures.Drawing;

/// <summary>Turns the renderer's SVG into a document that scales, names fallback fonts, has a label for screen readers, and can share a page with
/// others.</summary>
internal static class SvgDocument
{
    private static readonly XNamespace Xlink = "http://www.w3.org/1999/xlink";

    /// <summary>Returns the finished document, without an XML declaration.</summary>
    public static string Finish(string raw, string idPrefix, string title)
    {
        var root = XElement.Parse(raw);
        root.SetAttributeValue("viewBox",
            string.Create(CultureInfo.InvariantCulture, $"0 0 {(string?)root.Attribute("width")} {(string?)root.Attribute("height")}"));
        root.SetAttributeValue("role", "img");
        root.SetAttributeValue("aria-label", title);
        // The renderer numbers ids over the life of the process. Numbers within the document make the bytes reproducible.
        var ids = new Dictionary<string, string>();
        foreach (var id in root.Descendants().Attributes("id"))
            ids[id.Value] = id.Value = $"{idPrefix}{ids.Count + 1}";
        foreach (var element in root.Descendants())
        {
            if (element.Attribute("font-family") is { } family)
                family.Value = family.Value == EmbeddedFonts.Family ? EmbeddedFonts.FamilyWithFallbacks : family.Value;
            foreach (var attribute in element.Attributes().Where(a => a.Value.StartsWith("url(#", StringComparison.Ordinal)))
                attribute.Value = $"url(#{ids[attribute.Value[5..^1]]})";
            if (element.Attribute(Xlink + "href") is { } link && link.Value.StartsWith('#'))
                link.Value = "#" + ids[link.Value[1..]];
        }
        return root.ToString(SaveOptions.DisableFormatting);
    }
}
