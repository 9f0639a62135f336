using SkiaSharp;
using Sonde.Data;

namespace Sonde.Figures.Drawing;

/// <summary>A grid of images, each enlarged by a whole factor so that single pixels are visible.</summary>
/// <param name="Shape">The shape of each image.</param>
/// <param name="Zoom">Page pixels per image pixel, 1 or more.</param>
/// <param name="Columns">Number of images side by side, 1 or more.</param>
/// <param name="Space">Page pixels between two images; images without space have no frame.</param>
internal sealed record ImageTiles(ImageShape Shape, int Zoom, int Columns, int Space = ImageTiles.Gap)
{
    /// <summary>Page pixels between two images by default.</summary>
    public const int Gap = 6;

    /// <summary>Width of the grid.</summary>
    public int Width => Columns * (Shape.Width * Zoom + Space) - Space;

    /// <summary>Height of the grid with <paramref name="count"/> images.</summary>
    public int HeightOf(int count) => (count + Columns - 1) / Columns * (Shape.Height * Zoom + Space) - Space;

    /// <summary>Draws the images, row by row.</summary>
    /// <param name="canvas">The page.</param>
    /// <param name="images">[count, inputs], channel by channel.</param>
    /// <param name="range">The values that are black and white.</param>
    /// <param name="left">Left edge of the grid, in page pixels.</param>
    /// <param name="top">Top edge of the grid, in page pixels.</param>
    public void Paint(SKCanvas canvas, ReadOnlySpan<float> images, PixelRange range, float left, float top)
    {
        using var frame = new SKPaint { Color = new SKColor(0xB0, 0xB0, 0xB0), IsStroke = true, StrokeWidth = 1 };
        var inputs = Shape.Channels * Shape.Width * Shape.Height;
        for (var i = 0; i * inputs < images.Length; i++)
        {
            var (width, height) = (Shape.Width * Zoom, Shape.Height * Zoom);
            var place = SKRect.Create(left + i % Columns * (width + Space), top + i / Columns * (height + Space), width, height);
            using var image = ToImage(images.Slice(i * inputs, inputs), Shape, range);
            canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
            if (Space > 0)
                canvas.DrawRect(SKRect.Create(place.Left - 0.5f, place.Top - 0.5f, place.Width + 1, place.Height + 1), frame);
        }
    }

    /// <summary>Returns one image with one pixel per value.</summary>
    public static SKImage ToImage(ReadOnlySpan<float> values, ImageShape shape, PixelRange range)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var area = shape.Width * shape.Height;
        for (var pixel = 0; pixel < area; pixel++)
        {
            var red = range.ToGrey(values[pixel]);
            var colour = shape.Channels == 3
                ? new SKColor(red, range.ToGrey(values[area + pixel]), range.ToGrey(values[2 * area + pixel]))
                : new SKColor(red, red, red);
            bitmap.SetPixel(pixel % shape.Width, pixel / shape.Width, colour);
        }
        return SKImage.FromBitmap(bitmap);
    }
}
