using SkiaSharp;
using Sonde.Data;

namespace Sonde.Figures.Drawing;

/// <summary>A row of images on a <see cref="TileSheet"/>.</summary>
/// <param name="Label">Text to the left of the images.</param>
/// <param name="Images">[count, inputs], row major.</param>
internal sealed record TileRow(string Label, float[] Images);

/// <summary>Draws weights and reconstructions as pictures.</summary>
internal static class TileSheet
{
    private const int MostTilesAside = 16, WidestTile = 64, Margin = 10, HeadingHeight = 30, LabelGap = 12;
    private const float HeadingSize = 14, LabelSize = 12;

    /// <summary>Draws each unit's incoming weights as an image: grey is 0, white and black are the unit's own largest weight, positive and negative.</summary>
    /// <param name="filters">[count, inputs], row major: the weights of the first units; at least one.</param>
    /// <param name="units">Number of units of the layer.</param>
    /// <param name="shape">The shape of the inputs.</param>
    /// <param name="name">File-name stem.</param>
    /// <param name="title">Heading in the report.</param>
    /// <param name="heading">Text above the images.</param>
    /// <exception cref="ArgumentException">The values are not whole images.</exception>
    public static FigureFile DrawUnits(float[] filters, int units, ImageShape shape, string name, string title, string heading)
    {
        var scaled = new float[filters.Length];
        for (var first = 0; first < filters.Length; first += shape.Inputs)
        {
            var one = filters.AsSpan(first, Math.Min(shape.Inputs, filters.Length - first));
            var largest = 0f;
            foreach (var weight in one)
                largest = Math.Max(largest, Math.Abs(weight));
            for (var input = 0; input < one.Length && largest > 0; input++)
                scaled[first + input] = one[input] / largest;
        }
        var shown = filters.Length / shape.Inputs;
        var which = shown < units ? $"each of the first {shown} of {units} units" : $"each of the {units} units";
        return Draw([new("", scaled)], shape, PixelRange.MinusOneToOne, (int)Math.Ceiling(Math.Sqrt(shown)), name, title, heading,
            $"The weights from the input to {which}, as images. Grey is 0; white and black are the unit's own largest weight, positive and negative.");
    }

    /// <summary>Draws rows of images, such as inputs and their reconstructions below.</summary>
    /// <param name="rows">At least one row with at least one image; every row has the same number of images. Wide images take several lines.</param>
    /// <param name="shape">The shape of each image.</param>
    /// <param name="range">The values that are black and white.</param>
    /// <param name="name">File-name stem.</param>
    /// <param name="title">Heading in the report.</param>
    /// <param name="heading">Text above the images.</param>
    /// <param name="explanation">The caption.</param>
    /// <exception cref="ArgumentException">The values are not whole images.</exception>
    public static FigureFile DrawRows(
        IReadOnlyList<TileRow> rows, ImageShape shape, PixelRange range, string name, string title, string heading, string explanation) =>
        Draw(rows, shape, range, rows.Max(row => row.Images.Length / shape.Inputs), name, title, heading, explanation);

    private static FigureFile Draw(IReadOnlyList<TileRow> rows, ImageShape shape, PixelRange range, int columns, string name, string title, string heading,
        string explanation)
    {
        foreach (var (_, images) in rows)
            if (images.Length == 0 || images.Length % shape.Inputs != 0)
                throw new ArgumentException($"Expected whole images of {shape.Inputs} values each, got {images.Length} values. Give the images and the "
                    + "shape of one image.", nameof(rows));
        heading = ShownText.ForPicture(heading, 2 * ShownText.MostCharacters);
        var face = EmbeddedFonts.Register();
        using var labels = new SKFont(face.CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false), LabelSize);
        using var bold = new SKFont(face.CreateTypeface(EmbeddedFonts.Family, bold: true, italic: false), HeadingSize);
        var widest = (int)Math.Ceiling(rows.Max(row => labels.MeasureText(row.Label)));
        var left = widest == 0 ? Margin : Margin + widest + LabelGap;
        var zoom = Math.Max(1, WidestTile / Math.Max(shape.Width, shape.Height));
        // A row of a thousand features is a thousand pixels wide.
        var tiles = new ImageTiles(
            shape, zoom, Math.Clamp(FigureFile.FullWidth / (shape.Width * zoom + ImageTiles.Gap), 1, Math.Min(columns, MostTilesAside)));
        var tops = rows.Select((_, k) => HeadingHeight + rows.Take(k).Sum(row => HeightOf(row) + ImageTiles.Gap)).ToList();
        var width = Math.Max(left + tiles.Width, Margin + (int)Math.Ceiling(bold.MeasureText(heading))) + Margin;
        return new(name, title, explanation, width, tops[^1] + HeightOf(rows[^1]) + Margin, canvas =>
        {
            using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            using var headingFont = new SKFont(face.CreateTypeface(EmbeddedFonts.Family, bold: true, italic: false), HeadingSize);
            using var labelFont = new SKFont(face.CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false), LabelSize);
            canvas.DrawText(heading, Margin, HeadingHeight - 11, SKTextAlign.Left, headingFont, ink);
            foreach (var (row, top) in rows.Zip(tops))
            {
                canvas.DrawText(row.Label, left - LabelGap, top + HeightOf(row) / 2f + LabelSize / 3, SKTextAlign.Right, labelFont, ink);
                tiles.Paint(canvas, row.Images, range, left, top);
            }
        });

        int HeightOf(TileRow row) => tiles.HeightOf(row.Images.Length / shape.Inputs);
    }
}
