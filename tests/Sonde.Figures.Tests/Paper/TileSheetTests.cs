using SkiaSharp;
using Sonde.Data;
using Sonde.Figures.Paper;

namespace Sonde.Figures.Tests.Paper;

public sealed class TileSheetTests
{
    // PNG pixels: a margin of 10 layout pixels, tiles of 48 and a gap of 6, two pixels to a layout pixel.
    private const int Margin = 20, Tile = 96, Gap = 12;

    [Fact]
    public void Units_AreColumnsOfTheMatrixScaledByTheirOwnLargestWeight()
    {
        // Two units over an image of 1x2; the second unit's weights are ten times smaller.
        float[] weights = [1, 0.1f, -0.5f, -0.1f];
        using var page = SKBitmap.Decode(TileSheet.OfUnits(weights, new(1, 1, 2), "tiles", "Tiles").ToPng());
        byte At(int unit, int pixel) => page.GetPixel(Margin + unit * (Tile + Gap) + pixel * Tile / 2 + Tile / 4, Margin + 20).Red;
        Assert.Equal([255, 64, 255, 0], [At(0, 0), At(0, 1), At(1, 0), At(1, 1)]);
    }

    [Fact]
    public void MoreUnitsThanAsked_OnlyTheFirstAreDrawnAndTheCaptionSaysSo()
    {
        var figure = TileSheet.OfUnits(new float[4 * 30], new(1, 2, 2), "tiles", "Tiles", most: 9);
        Assert.Contains("first 9 of 30 units", figure.Explanation);
        Assert.Equal(figure.Width, figure.Height);
    }

    [Fact]
    public void WeightsThatFitNoImage_SayWhatWasExpected()
    {
        var error = Assert.Throws<ArgumentException>(() => TileSheet.OfUnits(new float[7], new(1, 2, 2), "tiles", "Tiles"));
        Assert.StartsWith("Expected a multiple of 4 weights, an [inputs, units] matrix over images of ", error.Message);
        Assert.EndsWith(", got 7. Give a first layer's weights and the shape of its dataset. (Parameter 'weights')", error.Message);
        Assert.StartsWith("Expected whole images of 4 values each, got 7 values.",
            Assert.Throws<ArgumentException>(() => TileSheet.Draw(new float[7], new(1, 2, 2), PixelRange.ZeroToOne, "n", "t", "e")).Message);
    }
}
