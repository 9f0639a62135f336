using SkiaSharp;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Shapeset;

namespace Sonde.Figures.Tests;

public sealed class ContactSheetTests
{
    private const int Cell = 118, Left = 20, Top = 40, Zoom = 3, Side = 32 * Zoom;

    [Fact]
    public void Shapeset_EachImageIsEnlargedInItsCell()
    {
        var data = new ShapesetDataset();
        using var page = SKBitmap.Decode(ContactSheet.Draw(data, Split.Train, 4, 12));
        var (inputs, labels) = (new float[12 * 1024], new int[12]);
        data.Open(Split.Train, 4).Read(0, inputs, labels);
        for (var i = 0; i < 12; i++)
        {
            var (left, top) = (Left + i % 10 * Cell + (Cell - 14 - Side) / 2, Top + i / 10 * (Side + 44));
            for (var pixel = 0; pixel < 1024; pixel++)
            {
                var drawn = page.GetPixel(left + pixel % 32 * Zoom + 1, top + pixel / 32 * Zoom + 1);
                var grey = PixelRange.MinusOneToOne.ToGrey(inputs[i * 1024 + pixel]);
                Assert.Equal(new SKColor(grey, grey, grey), drawn);
            }
            Assert.True(HasInk(page, left, top + Side + 3, Side, 14), $"no label under image {i}");
        }
        Assert.True(HasInk(page, Left, 10, 200, 24), "no title");
    }

    [Fact]
    public void Colour_KeepsItsChannels()
    {
        // One image of 1x2: red, then blue.
        byte[] greys = [255, 0, 0, 0, 0, 255];
        var examples = LabelledExamples.FromGreys(greys, new byte[1], PixelRange.ZeroToOne);
        var data = new ArrayDataset("colours", new(3, 1, 2), ["two"], examples, examples, examples);
        using var page = SKBitmap.Decode(ContactSheet.Draw(data, Split.Test, 1, 5));
        Assert.Equal(new SKColor(255, 0, 0), page.GetPixel(Left + 10, Top + 10));
        Assert.Equal(new SKColor(0, 0, 255), page.GetPixel(Left + 90, Top + 10));
    }

    [Fact]
    public void SameExamples_SameBytes() =>
        Assert.Equal(ContactSheet.Draw(new ShapesetDataset(64), Split.Test, 1, 3), ContactSheet.Draw(new ShapesetDataset(64), Split.Test, 2, 3));

    [Fact]
    public void NoExamples_IsAnError() => Assert.Throws<ArgumentOutOfRangeException>(() => ContactSheet.Draw(new ShapesetDataset(), Split.Test, 1, 0));

    private static bool HasInk(SKBitmap page, int left, int top, int width, int height) =>
        Enumerable.Range(left, width).Any(x => Enumerable.Range(top, height).Any(y => page.GetPixel(x, y).Red < 100));
}
