using SkiaSharp;
using Sonde.Data;
using Sonde.Figures.Drawing;

namespace Sonde.Figures;

/// <summary>A page of a dataset's images with the class under each. It is drawn from the data, not from records.</summary>
public static class ContactSheet
{
    // In pixels of the page. Images are enlarged by whole factors, so that each pixel of theirs is visible.
    private const int CellWidth = 104, Gap = 14, Margin = 20, TitleHeight = 40, LineHeight = 15, LabelLines = 2;
    private const float TitleSize = 17, LabelSize = 12;
    private const int Columns = 10;

    /// <summary>Draws the first examples of a stream.</summary>
    /// <param name="data">The dataset.</param>
    /// <param name="split">The stream to read.</param>
    /// <param name="seed">The seed of the training stream; the other streams ignore it.</param>
    /// <param name="count">Number of examples, 1 or more; if the stream has fewer, all of them are drawn.</param>
    /// <returns>The bytes of a PNG file.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is below 1.</exception>
    /// <exception cref="DataException">The dataset's values are in neither range of pixels.</exception>
    public static byte[] Draw(Dataset data, Split split, ulong seed, int count)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var range = data.Pixels ?? throw new DataException(
            $"{data.Name}: expected pixels in [0, 1] or [-1, 1], found values outside both. Give the dataset one of the two ranges.");
        var (inputs, labels) = data.OpenFirst(count, split, seed).Read();
        count = labels.Length;

        var zoom = Math.Max(1, CellWidth / Math.Max(data.Shape.Width, data.Shape.Height));
        var (width, height) = (data.Shape.Width * zoom, data.Shape.Height * zoom);
        var (cellWidth, cellHeight) = (Math.Max(width, CellWidth) + Gap, height + LabelLines * LineHeight + Gap);
        var columns = Math.Min(Columns, count);
        var rows = (count + columns - 1) / columns;
        var title = $"{data.Name} {data.Shape}: the first {count} examples, {split.ToString().ToLowerInvariant()}"
            + $"{(split == Split.Train ? $", seed {seed}" : "")}";

        var regular = EmbeddedFonts.Register().CreateTypeface(EmbeddedFonts.Family, bold: false, italic: false);
        using var titleFont = new SKFont(regular, TitleSize);
        using var labelFont = new SKFont(regular, LabelSize);
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        var page = new SKImageInfo(Math.Max(columns * cellWidth - Gap, (int)titleFont.MeasureText(title)) + 2 * Margin,
            TitleHeight + rows * cellHeight + Margin);
        using var surface = SKSurface.Create(page);
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.DrawText(title, Margin, TitleHeight - 14, SKTextAlign.Left, titleFont, ink);

        using var frame = new SKPaint { Color = new SKColor(0xB0, 0xB0, 0xB0), IsStroke = true, StrokeWidth = 1 };
        for (var i = 0; i < count; i++)
        {
            var (left, top) = (Margin + i % columns * cellWidth, TitleHeight + i / columns * cellHeight);
            var middle = left + (cellWidth - Gap) / 2f;
            var place = SKRect.Create(middle - width / 2, top, width, height);
            using var image = ImageTiles.ToImage(inputs.AsSpan(i * data.Inputs, data.Inputs), data.Shape, range);
            canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
            canvas.DrawRect(SKRect.Create(place.Left - 0.5f, place.Top - 0.5f, width + 1, height + 1), frame);
            var lines = Wrap(data.Classes[labels[i]], labelFont, cellWidth - Gap / 2);
            for (var line = 0; line < lines.Count; line++)
                canvas.DrawText(lines[line], middle, top + height + (line + 1) * LineHeight, SKTextAlign.Center, labelFont, ink);
        }
        using var picture = surface.Snapshot();
        using var png = picture.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    // At most LabelLines lines, broken between words; a longer label runs into the gap beside it rather than being cut.
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
        return lines;
    }
}
