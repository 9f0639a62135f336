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

    [Fact]
    public void LargeImages_AreShrunk()
    {
        var data = Plain(new(1, 3000, 2000), "big");
        using var page = SKBitmap.Decode(ContactSheet.Draw(data, Split.Test, 1, 1));
        Assert.InRange(page.Height, 512, 700);
        Assert.Equal(new SKColor(200, 200, 200), page.GetPixel(Left + 170, Top + 250));
    }

    [Fact]
    public void ASheetThatIsTooLarge_SaysHowManyFit()
    {
        var data = new ShapesetDataset(256);
        Assert.Equal("shapeset: 100,000 images of 256x256 need a sheet of 2,726 x 3,000,060 pixels, more than 100,000,000. Ask for at most 1,222 with --count.",
            Assert.Throws<DataException>(() => ContactSheet.Draw(data, Split.Test, 1, 100_000)).Message);
    }

    [Theory]
    [InlineData("\u732b")]
    [InlineData("\u0643\u0644\u0628 cat")]
    [InlineData("a\u001bb")]
    [InlineData("\u0e41\u0e21\u0e27")]
    public void ANameThatCannotBeDrawn_BecomesTheClassNumber(string name) =>
        Assert.Equal(ContactSheet.Draw(Plain(new(1, 2, 2), "class 0"), Split.Test, 1, 1), ContactSheet.Draw(Plain(new(1, 2, 2), name), Split.Test, 1, 1));

    [Theory]
    [InlineData("caf\u00e9 \u0436\u03b1")]
    [InlineData("\u0643\u0644\u0628")]
    [InlineData("\u05db\u05dc\u05d1")]
    public void OtherLetters_AreDrawn(string name) =>
        Assert.NotEqual(ContactSheet.Draw(Plain(new(1, 2, 2), "class 0"), Split.Test, 1, 1), ContactSheet.Draw(Plain(new(1, 2, 2), name), Split.Test, 1, 1));

    [Fact]
    public void ALongName_IsCut() => Assert.Equal(
        ContactSheet.Draw(Plain(new(1, 2, 2), new string('m', 50)), Split.Test, 1, 1),
        ContactSheet.Draw(Plain(new(1, 2, 2), new string('m', 60)), Split.Test, 1, 1));

    [Fact]
    public void ValuesThatAreNoPixels_AreRefused()
    {
        var examples = LabelledExamples.FromFloats(new float[] { 1, 2, 3, 4 }, new byte[1]);
        Assert.Equal("plain: expected pixels in [0, 1] or [-1, 1], found values outside both. Give the dataset one of the two ranges.",
            Assert.Throws<DataException>(() =>
                ContactSheet.Draw(new ArrayDataset("plain", new(1, 2, 2), ["x"], examples, examples, examples), Split.Test, 1, 1)).Message);
    }

    private static ArrayDataset Plain(ImageShape shape, string name)
    {
        var greys = new byte[shape.Inputs];
        Array.Fill(greys, (byte)200);
        var examples = LabelledExamples.FromGreys(greys, new byte[1], PixelRange.ZeroToOne);
        return new("plain", shape, [name], examples, examples, examples);
    }

    private static bool HasInk(SKBitmap page, int left, int top, int width, int height) =>
        Enumerable.Range(left, width).Any(x => Enumerable.Range(top, height).Any(y => page.GetPixel(x, y).Red < 100));
}
