using SkiaSharp;
using Sonde.Data;
using Sonde.Data.Shapeset;
using Sonde.Figures.Drawing;

namespace Sonde.Paper.Figures;

/// <summary>Draws sample images: Shapeset-3x2 above, Small-ImageNet below [Glorot2010, fig. 1].</summary>
internal static class SampleImages
{
    private const int Columns = 10, Rows = 5, Margin = 12, TitleHeight = 30, TileWidth = 74;
    private const float TextSize = 14;

    /// <summary>Draws the first test images of both.</summary>
    /// <param name="smallImageNet">Ten classes of grey images; if null, the figure says that they are missing.</param>
    public static FigureFile Draw(Dataset? smallImageNet = null)
    {
        // The paper shows the images at 64x64 pixels; its networks take 32x32.
        Dataset[] sets = smallImageNet is null ? [new ShapesetDataset(64)] : [new ShapesetDataset(64), smallImageNet];
        var parts = sets.Select(data => new Part(data)).ToList();
        var note = smallImageNet is null ? TitleHeight : 0;
        return new("figure-1", "Figure 1: Shapeset-3x2 at 64x64 (top) and Small-ImageNet (bottom)",
            "The first fifty test images of each, as in the paper. The networks take Shapeset at 32x32. Small-ImageNet was never published; any ten "
                + "classes of images can replace "
            + "it.",
            parts.Max(part => part.Tiles.Width) + 2 * Margin, parts.Sum(part => part.Height) + note + Margin, canvas => Paint(canvas, parts, note > 0));
    }

    private static void Paint(SKCanvas canvas, List<Part> parts, bool hasNote)
    {
        using var font = new SKFont(EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false), TextSize);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var top = 0;
        foreach (var part in parts)
        {
            canvas.DrawText($"{part.Data.Name} {part.Data.Shape}", Margin, top + TitleHeight - 9, SKTextAlign.Left, font, ink);
            part.Tiles.Paint(canvas, part.Images, part.Range, Margin, top + TitleHeight);
            top += part.Height;
        }
        if (hasNote)
            canvas.DrawText(
                "no data: Small-ImageNet was never published, and no images were given in its place",
                Margin, top + TitleHeight - 9, SKTextAlign.Left, font, ink);
    }

    // One dataset's images, read once.
    private sealed class Part
    {
        public Part(Dataset data)
        {
            Data = data;
            (Images, var labels) = data.OpenFirst(Columns * Rows, Split.Test, 0).Read();
            Tiles = new(data.Shape, Math.Max(1, TileWidth / Math.Max(data.Shape.Width, data.Shape.Height)), Columns, Space: 0);
            Height = TitleHeight + Tiles.HeightOf(labels.Length);
        }

        public Dataset Data { get; }

        public float[] Images { get; }

        public ImageTiles Tiles { get; }

        public int Height { get; }

        public PixelRange Range => Data.Pixels ?? throw new DataException(
            $"{Data.Name}: expected pixels in [0, 1] or [-1, 1], found values outside both. Give the dataset one of the two ranges.");
    }
}
