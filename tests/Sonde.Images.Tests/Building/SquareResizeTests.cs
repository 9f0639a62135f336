using Sonde.Images.Building;

namespace Sonde.Images.Tests.Building;

public sealed class SquareResizeTests
{
    [Fact]
    public void SameSide_KeepsEveryByteInPlanesOfColour()
    {
        var rgba = Noise(7, 7);
        var square = Resize(7, 3, rgba, 7, 7);
        for (var pixel = 0; pixel < 49; pixel++)
            Assert.Equal((rgba[4 * pixel], rgba[4 * pixel + 1], rgba[4 * pixel + 2]), (square[pixel], square[49 + pixel], square[98 + pixel]));
    }

    [Theory]
    [InlineData(9, 4, 2, 0)]
    [InlineData(4, 10, 0, 3)]
    [InlineData(5, 4, 0, 0)]
    public void OblongImage_TheSquareInItsMiddleIsTaken(int width, int height, int left, int top)
    {
        var rgba = Noise(width, height);
        var square = Resize(4, 3, rgba, width, height);
        for (var pixel = 0; pixel < 16; pixel++)
            Assert.Equal(rgba[4 * ((top + pixel / 4) * width + left + pixel % 4)], square[pixel]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(31)]
    [InlineData(200)]
    public void PlainImage_StaysPlainAtEverySide(int from)
    {
        var plain = Enumerable.Repeat<byte[]>([200, 100, 50, 255], from * from).SelectMany(pixel => pixel).ToArray();
        foreach (var side in new[] { 1, 2, 10, 37 })
        {
            Assert.Equal(new byte[] { 200, 100, 50 }.SelectMany(value => Enumerable.Repeat(value, side * side)), Resize(side, 3, plain, from, from));
            Assert.All(Resize(side, 1, plain, from, from), grey => Assert.Equal((byte)Math.Round(0.299 * 200 + 0.587 * 100 + 0.114 * 50), grey));
        }
    }

    // The formula of the remarks, summed in two dimensions at once and in double.
    [Theory]
    [InlineData(20, 7)]
    [InlineData(37, 10)]
    [InlineData(6, 17)]
    [InlineData(64, 1)]
    public void AnySide_IsTheWeightedMeanOfWhatEachPixelCovers(int from, int side)
    {
        var rgba = Noise(from, from);
        var square = Resize(side, 3, rgba, from, from);
        var scale = from / (double)side;
        double Weight(int place, int of) => Math.Max(0, 1 - Math.Abs(of + 0.5 - (place + 0.5) * scale) / Math.Max(1, scale));
        for (var row = 0; row < side; row++)
            for (var column = 0; column < side; column++)
            {
                var (sum, weights) = (0.0, 0.0);
                for (var y = 0; y < from; y++)
                    for (var x = 0; x < from; x++)
                    {
                        var weight = Weight(row, y) * Weight(column, x);
                        sum += weight * rgba[4 * (y * from + x) + 2];
                        weights += weight;
                    }
                // Half a grey level for rounding, and a little for single precision.
                Assert.Equal(sum / weights, square[(2 * side + row) * side + column], 0.501);
            }
    }

    [Fact]
    public void FineStripes_AverageOutInsteadOfAliasing()
    {
        // Black and white columns in turn: a filter that looks at a few pixels only would give black, white or bars.
        var stripes = Enumerable.Range(0, 300 * 300).SelectMany(pixel => Enumerable.Repeat((byte)(pixel % 2 * 255), 4)).ToArray();
        Assert.All(Resize(37, 1, stripes, 300, 300), grey => Assert.InRange(grey, 120, 135));
    }

    private static byte[] Resize(int side, int channels, byte[] rgba, int width, int height)
    {
        var square = new byte[channels * side * side];
        new SquareResize(side, channels).Apply(rgba, width, height, square);
        return square;
    }

    private static byte[] Noise(int width, int height)
    {
        var random = new Sonde.Numerics.Random.RandomKey(1, $"noise/{width}/{height}").Stream();
        return [.. Enumerable.Range(0, width * height * 4).Select(_ => (byte)random.NextUInt32())];
    }
}
