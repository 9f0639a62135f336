using System.Globalization;
using SkiaSharp;

namespace Sonde.Figures.Drawing;

/// <summary>One legend in a line for a figure of many small panels.</summary>
internal static class LayerLegend
{
    // In layout pixels.
    private const float Left = 50, SymbolWidth = 24, Gap = 6, Between = 20, TextSize = 12;
    private const int MostLayers = 14;

    /// <summary>Draws a line and a name for each layer, from the left; if there are very many, the first and the last ones.</summary>
    /// <param name="canvas">Where to draw, from its origin.</param>
    /// <param name="layers">Number of layers; 0 draws nothing.</param>
    /// <param name="height">Height of the line, in layout pixels.</param>
    public static void Paint(SKCanvas canvas, int layers, int height)
    {
        var face = EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false);
        using var font = new SKFont(face, TextSize);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var (x, middle) = (Left, height / 2f);
        foreach (var layer in Enumerable.Range(1, layers).Where(layer => layer < MostLayers || layer == layers))
        {
            var color = Palette.ColorOf(layer - 1);
            using var line = new SKPaint
            {
                Color = new SKColor(color.R, color.G, color.B), StrokeWidth = Palette.WidthOf(layer - 1), IsStroke = true, IsAntialias = true,
            };
            canvas.DrawLine(x, middle, x + SymbolWidth, middle, line);
            var text = string.Create(CultureInfo.InvariantCulture, $"{(layer >= MostLayers ? "... " : "")}layer {layer}");
            canvas.DrawText(text, x + SymbolWidth + Gap, middle + TextSize / 3, SKTextAlign.Left, font, ink);
            x += SymbolWidth + Gap + font.MeasureText(text) + Between;
        }
    }
}
