using Sonde.Studies.Fields;
namespace Sonde.Studies.Tests;

public sealed class HiddenWidthsTests
{
    [Theory]
    [InlineData("1000x5", "1000x5")]
    [InlineData("100", "100x1")]
    [InlineData("7,7,7", "7x3")]
    [InlineData("500, 300", "500,300")]
    [InlineData("none", "none")]
    [InlineData("500x2, 300", "500,500,300")]
    [InlineData("512 he relu,256   tanh, 64x3 softsign normalized", "512 relu he, 256 tanh, 64x3 softsign normalized")]
    [InlineData("5 relu,5 relu,5", "5x2 relu, 5")]
    [InlineData("9 gaussian(1e-2)", "9 gaussian(0.01)")]
    [InlineData("9x2 dropout(.5) relu", "9x2 relu dropout(0.5)")]
    public void Text_IsReadAndWrittenInOneSpelling(string text, string spelling) => Assert.Equal(spelling, $"{HiddenWidths.Find(text)}");

    [Theory]
    [InlineData("")]
    [InlineData("x5")]
    [InlineData("1000x")]
    [InlineData("1000x1001")]
    [InlineData("40001")]
    [InlineData("-1")]
    [InlineData("1,,2")]
    [InlineData("2x3x4")]
    [InlineData("relu")]
    [InlineData("5 relu tanh")]
    [InlineData("5 he lecun")]
    [InlineData("5 rleu")]
    [InlineData("5 dropout(1)")]
    [InlineData("5 dropout(0.5) dropout(0.5)")]
    [InlineData("600x1 relu, 600x1000")]
    [InlineData(null)]
    public void OtherText_IsNotFound(string? text) => Assert.Null(HiddenWidths.Find(text));

    [Fact]
    public void SameWidths_AreEqualHoweverTheyAreBuilt()
    {
        Assert.True(HiddenWidths.Repeat(1000, 5) == HiddenWidths.Find("1000x5"));
        Assert.True(HiddenWidths.Repeat(1000, 4) != HiddenWidths.Find("1000x5"));
        Assert.Equal(HiddenWidths.Find("3,3")!.GetHashCode(), new HiddenWidths([3, 3]).GetHashCode());
        Assert.False(HiddenWidths.Find("none") == null);
        Assert.True(HiddenWidths.Find("3 gaussian(0.1)") == HiddenWidths.Find("3x1 gaussian(1e-1)"));
        Assert.True(HiddenWidths.Find("3 relu") != HiddenWidths.Find("3 tanh"));
    }

    [Theory]
    [InlineData("9x3", 9)]
    [InlineData("9,8", null)]
    [InlineData("none", null)]
    public void Shared_IsTheWidthOfAllLayers(string text, int? width) => Assert.Equal(width, HiddenWidths.Find(text)!.Shared);

    [Fact]
    public void WidthsOutOfRange_SayWhich()
    {
        Assert.Equal("Expected widths from 1 to 40000, got 0. Correct that width. (Parameter 'units')",
            Assert.Throws<ArgumentException>(() => new HiddenWidths([5, 0])).Message);
        Assert.Equal("Expected widths from 1 to 40000, got 40001. Correct that width. (Parameter 'units')",
            Assert.Throws<ArgumentException>(() => new HiddenWidths([5, 40_001])).Message);
        Assert.Equal("Expected at most 1000 hidden layers, got 1001. Use fewer layers. (Parameter 'layers')",
            Assert.Throws<ArgumentException>(() => HiddenWidths.Repeat(1, 1001)).Message);
    }
}
