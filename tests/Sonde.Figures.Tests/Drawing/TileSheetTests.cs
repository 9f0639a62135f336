using SkiaSharp;
using Sonde.Data;
using Sonde.Figures.Drawing;

namespace Sonde.Figures.Tests.Drawing;

public sealed class TileSheetTests
{
    // PNG pixels: two to a layout pixel. A margin of 10 layout pixels and a heading of 30, tiles of 64 by 32 and a gap of 6.
    private const int Left = 20, Top = 60, Tile = 128, Gap = 12;

    /// <summary>The four greys of a sheet's first two images of 1x2 pixels.</summary>
    internal static byte[] Greys(SKBitmap page) =>
        [.. Enumerable.Range(0, 4).Select(k => page.GetPixel(Left + k / 2 * (Tile + Gap) + k % 2 * Tile / 2 + Tile / 4, Top + 20).Red)];

    [Fact]
    public void Units_AreScaledByTheirOwnLargestWeight()
    {
        // The second unit's weights are ten times smaller.
        using var page = SKBitmap.Decode(TileSheet.DrawUnits([1, -0.5f, 0.1f, -0.1f], 2, new(1, 1, 2), "tiles", "Tiles", "t").ToPng());
        Assert.Equal([255, 64, 255, 0], Greys(page));
    }

    [Fact]
    public void MoreUnitsThanFilters_TheCaptionSaysSo()
    {
        var figure = TileSheet.DrawUnits(new float[4 * 9], 30, new(1, 2, 2), "tiles", "Tiles", "t");
        Assert.Contains("each of the first 9 of 30 units", figure.Explanation);
        Assert.Contains("each of the 9 units", TileSheet.DrawUnits(new float[4 * 9], 9, new(1, 2, 2), "tiles", "Tiles", "t").Explanation);
    }

    [Fact]
    public void Rows_AreBelowEachOtherWithTheirLabels()
    {
        TileRow first = new("above", [1, 1]), second = new("below", [0, 0]);
        var figure = TileSheet.DrawRows([first, second], new(1, 1, 2), PixelRange.ZeroToOne, "rows", "Rows", "h", "e");
        Assert.Equal(["h", "above", "below"], SvgText.Of(figure.ToSvg()));
        using var page = SKBitmap.Decode(figure.ToPng());
        byte At(int row) => page.GetPixel(page.Width - Left - Tile / 2, Top + row * (Tile / 2 + Gap) + 20).Red;
        Assert.Equal([255, 0], [At(0), At(1)]);
    }

    [Fact]
    public void WideImages_TakeSeveralLines()
    {
        var narrow = TileSheet.DrawRows([new("", new float[2 * 500])], new(1, 1, 500), PixelRange.ZeroToOne, "rows", "Rows", "h", "e");
        var wide = TileSheet.DrawRows([new("", new float[3 * 500])], new(1, 1, 500), PixelRange.ZeroToOne, "rows", "Rows", "h", "e");
        Assert.Equal(narrow.Width, wide.Width);
        Assert.True(wide.Height > narrow.Height);
    }

    [Fact]
    public void ValuesThatAreNoImages_SayWhatWasExpected()
    {
        var error = Assert.Throws<ArgumentException>(() => TileSheet.DrawUnits(new float[7], 2, new(1, 2, 2), "tiles", "Tiles", "t"));
        Assert.StartsWith("Expected whole images of 4 values each, got 7 values. Give the images and the shape of one image.", error.Message);
        Assert.StartsWith("Expected whole images of 4 values each, got 0 values.", Assert.Throws<ArgumentException>(() =>
            TileSheet.DrawRows([new("", [])], new(1, 2, 2), PixelRange.ZeroToOne, "n", "t", "h", "e")).Message);
    }
}
