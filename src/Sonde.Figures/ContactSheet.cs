using SkiaSharp;
using SkiaSharp.HarfBuzz;
using Sonde.Data;
using Sonde.Figures.Drawing;

namespace Sonde.Figures;

/// <summary>A page of a dataset's images with the class under each. It is drawn from the data, not from records.</summary>
internal static class ContactSheet
{
    // In pixels of the page. Images are enlarged by whole factors, so that each pixel of theirs is visible.
    private const int CellWidth = 104, Gap = 14, Margin = 20, TitleHeight = 40, LineHeight = 15, LabelLines = 2;
    private const float TitleSize = 17, LabelSize = 12;
    private const int Columns = 10;
    private const int LargestImage = 512;
    private const long MostPixels = 100_000_000;

    /// <summary>Draws the first examples of a stream.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="split">The stream to read.</param>
    /// <param name="seed">The seed of the training stream; the other streams ignore it.</param>
    /// <param name="count">Number of examples, 1 or more; if the stream has fewer, all of them are drawn.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="DataException">The dataset's values are in neither range of pixels, or the sheet would be too large.</exception>
    public static byte[] Draw(Dataset data, Split split, ulong seed, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var range = data.Pixels ?? throw new DataException(
            $"{data.Name}: expected pixels in [0, 1] or [-1, 1], found values outside both. Give the dataset one of the two ranges.");
        var examples = data.OpenFirst(count, split, seed);
        count = examples.Length;

        var (width, height) = SizeOf(data.Shape);
        var (cellWidth, cellHeight) = (Math.Max(width, CellWidth) + Gap, height + LabelLines * LineHeight + Gap);
        var columns = Math.Min(Columns, count);
        var rows = (count + columns - 1) / columns;
        var title = $"{ShownText.ForPicture(data.Name)} {data.Shape}: the first {count} examples, {split.ToString().ToLowerInvariant()}"
            + $"{(split == Split.Train ? $", seed {seed}" : "")}";

        var regular = EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false);
        using var titleFont = new SKFont(regular, TitleSize);
        using var labelFont = new SKFont(regular, LabelSize);
        using var shaper = new SKShaper(regular);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var page = new SKImageInfo(Math.Max(columns * cellWidth - Gap, (int)titleFont.MeasureText(title)) + 2 * Margin,
            TitleHeight + rows * cellHeight + Margin);
        if ((long)page.Width * page.Height > MostPixels)
            throw new DataException($"{data.Name}: {count:N0} images of {data.Shape} need a sheet of {page.Width:N0} x {page.Height:N0} pixels, more than "
                + $"{MostPixels:N0}. Ask for at most {Math.Max(1, (long)count * MostPixels / ((long)page.Width * page.Height)):N0} with --count.");
        using var surface = SKSurface.Create(page)
            ?? throw new DataException(
                $"{data.Name}: a sheet of {page.Width:N0} x {page.Height:N0} pixels does not fit into memory. Ask for fewer with --count.");
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.DrawText(title, Margin, TitleHeight - 14, SKTextAlign.Left, titleFont, ink);

        using var frame = new SKPaint { Color = new SKColor(0xB0, 0xB0, 0xB0), IsStroke = true, StrokeWidth = 1 };
        for (var i = 0; i < count; i++)
        {
            var (left, top) = (Margin + i % columns * cellWidth, TitleHeight + i / columns * cellHeight);
            var middle = left + (cellWidth - Gap) / 2f;
            var place = SKRect.Create(middle - width / 2, top, width, height);
            // One at a time: an image may be large.
            var (inputs, labels) = examples.Read(i, 1);
            using var image = ImageTiles.ToImage(inputs, data.Shape, range);
            canvas.DrawImage(image, place, width < data.Shape.Width ? new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
                : new SKSamplingOptions(SKFilterMode.Nearest));
            canvas.DrawRect(SKRect.Create(place.Left - 0.5f, place.Top - 0.5f, width + 1, height + 1), frame);
            var lines = Wrap(ShownText.OfClass(data.Classes[labels[0]], labels[0]), labelFont, cellWidth - Gap / 2);
            for (var line = 0; line < lines.Count; line++)
                DrawLine(canvas, shaper, lines[line], middle, top + height + (line + 1) * LineHeight, labelFont, ink);
        }
        using var picture = surface.Snapshot();
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    // The letters of some scripts join and run from the right; all others are drawn one after the other.
    private static void DrawLine(SKCanvas canvas, SKShaper shaper, string text, float middle, float bottom, SKFont font, SKPaint ink)
    {
        if (ShownText.NeedsShaping(text))
            canvas.DrawShapedText(shaper, text, middle, bottom, SKTextAlign.Center, font, ink);
        else
            canvas.DrawText(text, middle, bottom, SKTextAlign.Center, font, ink);
    }

    // Enlarged by a whole factor, or shrunk to the largest size that is drawn.
    private static (int Width, int Height) SizeOf(ImageShape shape)
    {
        var longer = Math.Max(shape.Width, shape.Height);
        if (longer <= LargestImage)
            return (shape.Width * Math.Max(1, CellWidth / longer), shape.Height * Math.Max(1, CellWidth / longer));
        return (Math.Max(1, (int)((long)shape.Width * LargestImage / longer)), Math.Max(1, (int)((long)shape.Height * LargestImage / longer)));
    }

    // At most LabelLines lines, broken between words; a line that is too long is cut.
    private static List<string> Wrap(string text, SKFont font, float width)
    {
        var lines = new List<string>();
        foreach (var word in text.Split(' '))
        {
            if (lines.Count > 0 && (lines.Count == LabelLines || font.MeasureText($"{lines[^1]} {word}") <= width))
                lines[^1] += $" {word}";
            else
                lines.Add(word);
        }
        return lines.ConvertAll(line => ShownText.Shorten(line, text => font.MeasureText(text) <= width));
    }
}
