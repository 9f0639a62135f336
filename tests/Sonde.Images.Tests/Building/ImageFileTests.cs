using SkiaSharp;
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
        Assert.Equal("is empty, or no regular file", Read(drawn.Write("a.png", [])));
        Assert.Equal("is no image that can be read", Read(drawn.Write("a.jpg", "<html>404</html>"u8.ToArray())));
        Assert.StartsWith("cannot be read (", Read(drawn["missing.png"]));
    }

    [Fact]
    public void APipe_IsNotWaitedFor()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var make = System.Diagnostics.Process.Start("mkfifo", drawn["x.png"]);
        make.WaitForExit();
        Assert.Equal("is empty, or no regular file", Read(drawn["x.png"]));
    }

    [Theory, InlineData("a.png"), InlineData("a.jpg")]
    public void StripsOfALargeImage_GiveTheSameBytesAsTheWhole(string name)
    {
        var path = drawn.Image(name, 61, 47, (x, y) => new SKColor((byte)(4 * x), (byte)(5 * y), (byte)(x * y), (byte)(255 - y)));
        Assert.Null(Read(path));
        var (whole, strips) = (square.ToArray(), new byte[square.Length]);
        foreach (var pixelsAtOnce in (int[])[1, 61, 61 * 7, 61 * 46])
        {
            Array.Clear(strips);
            Assert.Null(ImageFile.Read(path, new SquareResize(4, 3), strips, pixelsAtOnce));
            Assert.Equal(whole, strips);
        }
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^40]);
        Assert.Equal(Read(path), ImageFile.Read(path, new SquareResize(4, 3), strips, 61 * 7));
    }

    [Fact]
    public void TooManyPixels_AreNotDecoded()
    {
        // 20,000 x 20,000 pixels in some kilobytes would take 1.6 GB.
        Assert.Equal("has 20000 x 20000 = 400,000,000 pixels; at most 128,000,000 are decoded", Read(drawn.Write("a.png", Png(20_000, 20_000))));
        Assert.Equal("is cut short", Read(drawn.Write("b.png", Png(1000, 1000))));
    }

    // Signature and header of a grey PNG file; no pixel follows.
    private static byte[] Png(int width, int height)
    {
        byte[] header = [.. "IHDR"u8, .. BigEndian(width), .. BigEndian(height), 8, 0, 0, 0, 0];
        byte[] data = [.. "IDAT"u8, 0x78, 0x01];
        return [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. header, .. BigEndian(Crc(header)), 0, 0, 0, 2, .. data, .. BigEndian(Crc(data))];
    }

    private static byte[] BigEndian(int value)
    {
        var bytes = new byte[4];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        return bytes;
    }

    private static int Crc(byte[] bytes)
    {
        var checksum = uint.MaxValue;
        foreach (var next in bytes)
        {
            checksum ^= next;
            for (var bit = 0; bit < 8; bit++)
                checksum = (checksum & 1) == 0 ? checksum >> 1 : 0xEDB88320 ^ (checksum >> 1);
        }
        return (int)~checksum;
    }

    private string? Read(string path) => ImageFile.Read(path, new SquareResize(4, 3), square);
}
