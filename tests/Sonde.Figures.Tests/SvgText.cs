using System.Xml.Linq;

namespace Sonde.Figures.Tests;

/// <summary>The lines of text in an SVG document.</summary>
internal static class SvgText
{
    public static List<string> Of(string svg) => [.. XElement.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())];
}
