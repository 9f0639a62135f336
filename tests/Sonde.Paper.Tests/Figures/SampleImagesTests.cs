using SkiaSharp;
using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Shapeset;
using Sonde.Figures.Tests;
using Sonde.Paper.Figures;

namespace Sonde.Paper.Tests.Figures;

public sealed class SampleImagesTests
{
    [Fact]
    public void WithoutSmallImageNet_FigureSaysSoBelowShapeset()
    {
        var text = SvgText.Of(SampleImages.Draw().ToSvg());
        Assert.Equal(["shapeset " + new ShapesetDataset(64).Shape, "no data: Small-ImageNet was never published, and no images were given in its "
            + "place"], text);
    }

    [Fact]
    public void FirstTile_IsTheFirstTestImageEnlarged()
    {
        var data = new ShapesetDataset(64);
        var image = new float[data.Inputs];
        data.Open(Split.Test, 0).Read(0, image, new int[1]);
        using var page = SKBitmap.Decode(SampleImages.Draw().ToPng());
        // A margin of 12 and a heading of 30 layout pixels, each image pixel 1 of them, two PNG pixels to one.
        foreach (var (x, y) in new[] { (5, 5), (30, 30), (31, 40), (60, 60) })
            Assert.Equal(PixelRange.MinusOneToOne.ToGrey(image[y * 64 + x]), page.GetPixel(24 + 2 * x + 1, 60 + 2 * y + 1).Red);
    }

    [Fact]
    public void Tiles_AreTenByFiveWithoutGaps()
    {
        using var page = SKBitmap.Decode(SampleImages.Draw().ToPng());
        Assert.Equal(2 * (10 * 64 + 24), page.Width);
        // The last column of the first image, then the first of the second.
        var data = new ShapesetDataset(64);
        var image = new float[data.Inputs];
        data.Open(Split.Test, 0).Read(1, image, new int[1]);
        Assert.Equal(PixelRange.MinusOneToOne.ToGrey(image[64 * 20]), page.GetPixel(24 + 2 * 64 + 1, 60 + 2 * 20 + 1).Red);
    }

    [Fact]
    public void WithOwnImages_TheyAreBelow()
    {
        var greys = Enumerable.Range(0, 4).Select(i => (byte)(60 * i)).ToArray();
        var examples = LabelledExamples.FromGreys(greys, new byte[1], PixelRange.ZeroToOne);
        var own = new ArrayDataset("things", new(1, 2, 2), ["one"], examples, examples, examples);
        var text = SvgText.Of(SampleImages.Draw(own).ToSvg());
        Assert.Equal(2, text.Count);
        Assert.StartsWith("things", text[1], StringComparison.Ordinal);
    }
}
