using Sonde.Figures.Drawing;

namespace Sonde.Figures.Report;

/// <summary>A figure in the report.</summary>
/// <param name="Trial">The trial's id; null for a figure of the whole study.</param>
/// <param name="Anchor">Its id on the page.</param>
/// <param name="Figure">The drawn figure.</param>
/// <param name="Svg">Its SVG, with ids that no other figure has.</param>
internal sealed record ReportFigure(string? Trial, string Anchor, FigureFile Figure, string Svg)
{
    // SVG stays sharp and its text can be searched. A longer one is shown as PNG, or a page of many trials would be too large.
    private const int MostSvgCharacters = 400_000;

    /// <summary>Returns the figure element: title, picture and caption.</summary>
    public string ToHtml()
    {
        var picture = Svg.Length <= MostSvgCharacters
            ? Svg
            : $"<img src=\"data:image/png;base64,{Convert.ToBase64String(Figure.ToPng())}\" "
                + $"alt=\"{Html.Escape(Figure.Title)}\" width=\"{Figure.Width}\" height=\"{Figure.Height}\"/>";
        return $"""
            <figure id="{Html.Id(Anchor)}">
            <h3>{Html.Escape(Figure.Title)}</h3>
            <div class="picture{(Figure.Width > FigureFile.HalfWidth ? " wide" : "")}">{picture}</div>
            <figcaption>{Html.Prose(Figure.Explanation)}</figcaption>
            </figure>

            """;
    }
}
