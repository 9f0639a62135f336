using Sonde.Images.Building;

namespace Sonde.Images.Tests.Building;

public sealed class ImageFileTests : IDisposable
{
    private readonly Drawn drawn = new();
    private readonly byte[] square = new byte[3 * 16];

    public void Dispose() => drawn.Dispose();

    [Fact]
    public void Png_ComesBackExactly()
    {
        Assert.Null(Read(drawn.Image("a.png", 4, 4, (x, y) => new((byte)(x * 50), (byte)(y * 60), 7))));
        Assert.Equal([0, 50, 100, 150], square[4..8]);
        Assert.Equal([60, 60, 60, 60], square[20..24]);
        Assert.All(square[32..], blue => Assert.Equal(7, blue));
    }

    [Fact]
    public void Jpeg_ComesBackNearly()
    {
        Assert.Null(Read(drawn.Image("a.JPEG", 64, 48, (_, _) => new(200, 90, 30))));
        Assert.All(square.Chunk(16).Zip([200, 90, 30]), plane => Assert.All(plane.First, value => Assert.InRange(value, plane.Second - 4, plane.Second + 4)));
    }

    [Fact]
    public void TransparentPixels_StandOnBlack()
    {
        Assert.Null(Read(drawn.Image("a.png", 4, 4, (x, _) => new(200, 200, 200, (byte)(x < 2 ? 255 : 0)))));
        Assert.Equal([200, 200, 0, 0], square[..4]);
    }

    [Fact]
    public void WhatAFileIs_FollowsFromItsContent()
    {
        File.Move(drawn.Image("a.png", 4, 4, (_, _) => new(9, 9, 9)), drawn["a.jpg"]);
        Assert.Null(Read(drawn["a.jpg"]));
        Assert.Equal(9, square[0]);
    }

    [Theory]
    [InlineData("a.png")]
    [InlineData("a.jpg")]
    public void FileThatIsCutShort_IsDamaged(string name)
    {
        var path = drawn.Image(name, 100, 100, (x, y) => new((byte)(x * y), (byte)(x * 7), (byte)(y * 3)));
        var whole = File.ReadAllBytes(path);
        File.WriteAllBytes(path, whole[..(whole.Length / 2)]);
        Assert.Equal("is cut short", Read(path));
    }

    [Fact]
    public void WhatIsNoImage_IsDamaged()
    {
        Assert.Equal("is empty", Read(drawn.Write("a.png", [])));
        Assert.Equal("is no image that can be read", Read(drawn.Write("a.jpg", "<html>404</html>"u8.ToArray())));
        Assert.StartsWith("cannot be read (", Read(drawn["missing.png"]));
    }

    private string? Read(string path) => ImageFile.Read(path, new SquareResize(4, 3), square);
}
