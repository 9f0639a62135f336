using System.Xml.Linq;

namespace Sonde.Figures.Tests;

/// <summary>The lines of text in an SVG document.</summary>
internal static class SvgText
{
    /// <summary>The lines that say that there is no data.</summary>
    public static List<string> NoData(string svg) => [.. Of(svg).Where(line => line.StartsWith("no data: ", StringComparison.Ordinal))];

    public static List<string> Of(string svg) => [.. XElement.Parse(svg).Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value.Trim())];
}
