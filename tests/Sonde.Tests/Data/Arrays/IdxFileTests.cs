using System.IO.Compression;
using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data.Arrays;

public sealed class IdxFileTests : IDisposable
{
    private static readonly byte[] TwoImages = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void PlainAndGzipped_HoldTheSame()
    {
        foreach (var path in new[] { Write("plain", TwoImages), Write("packed-whatever-its-name", Gzip(TwoImages)) })
        {
            var read = IdxFile.Read(path, 3);
            Assert.Equal([2, 1, 3], read.Dimensions);
            Assert.Equal([10, 20, 30, 40, 50, 60], read.Values);
        }
    }

    [Fact]
    public void Written_IsReadBackAndLeavesNothingElse()
    {
        IdxFile.Write(folder.File("images"), [10, 20, 30, 40, 50, 60], 2, 1, 3);
        Assert.Equal(TwoImages, File.ReadAllBytes(folder.File("images")));
        Assert.Single(Directory.GetFiles(folder.Path));
        Assert.Throws<ArgumentException>(() => IdxFile.Write(folder.File("images"), [1, 2, 3], 2, 2));
    }

    [Fact]
    public void FourDimensions_AreColourImages()
    {
        IdxFile.Write(folder.File("images"), new byte[2 * 3 * 4 * 5], 2, 3, 4, 5);
        IdxFile.Write(folder.File("labels"), [0, 1], 2);
        Assert.Equal(new ImageShape(3, 4, 5), IdxSet.Read(folder.File("images"), folder.File("labels"), 2).Shape);
    }

    [Fact]
    public void WrongMagic_SaysWhatWasFound()
    {
        var path = Write("file", [0, 0, 13, 3, .. TwoImages[4..]]);
        AssertError(() => IdxFile.Read(path, 3, 4),
            $"{path}: expected the magic number 0x00000803 or 0x00000804 of an IDX file of unsigned bytes, found 0x00000d03, which is an IDX "
                + "file of 4-byte floats. Scale the values to 0..255 and save them as bytes, or save them as they are with numpy.save.");
        var labels = Write("labels", [0, 0, 8, 1, 0, 0, 0, 1, 5]);
        AssertError(() => IdxFile.Read(labels, 3),
            $"{labels}: expected the magic number 0x00000803 of an IDX file of unsigned bytes, found 0x00000801, which has 1 dimension. Use the right file, "
                + "or fetch it again.");
        var text = Write("text", "<html>not found</html>"u8.ToArray());
        Assert.Contains("found 0x3c68746d", Assert.Throws<DataException>(() => IdxFile.Read(text, 3)).Message);
    }

    [Theory]
    [InlineData(1, "found 1 bytes in all")]
    [InlineData(3, "found 3 bytes in all")]
    [InlineData(10, "expected 12 bytes of dimensions, found 6")]
    [InlineData(21, "expected 2x1x3 = 6 values, found 5")]
    public void Truncated_SaysHowMuchIsThere(int bytes, string message)
    {
        // Packed too, where the length shows only on reading.
        foreach (var path in new[] { Write("plain", TwoImages[..bytes]), Write("packed", Gzip(TwoImages[..bytes])) })
            Assert.StartsWith($"{path}: ", AssertContains(message, () => IdxFile.Read(path, 3)));
    }

    [Fact]
    public void CutGzip_IsAnError()
    {
        var whole = Gzip([.. TwoImages[..15], 200, .. Enumerable.Range(0, 400).Select(i => (byte)(i * i * 7))]);
        for (var cut = 2; cut < whole.Length; cut++)
            Assert.Throws<DataException>(() => IdxFile.Read(Write($"cut{cut}", whole[..cut]), 3));
    }

    [Fact]
    public void BytesAfterAGzipFile_AreNotCalledACut()
    {
        var path = folder.File("padded.gz");
        using (var file = File.Create(path))
        {
            using (var packed = new GZipStream(file, CompressionLevel.Optimal, leaveOpen: true))
                packed.Write([0, 0, 8, 1, 0, 0, 0, 2, 7, 8]);
            file.Write(new byte[512]);
        }
        AssertContains("The file is cut short, or other bytes follow: fetch it again.", () => IdxFile.Read(path, 1));
    }

    [Fact]
    public void GzipOfTwoMembers_IsRead()
    {
        // The pixels end in the second member, as they do if two files are packed one after the other.
        for (var cut = 1; cut < TwoImages.Length; cut++)
            Assert.Equal([10, 20, 30, 40, 50, 60], IdxFile.Read(Write("two", [.. Gzip(TwoImages[..cut]), .. Gzip(TwoImages[cut..])]), 3).Values);
    }

    [Fact]
    public void WrongChecksum_IsCalledOne()
    {
        var packed = Gzip(TwoImages);
        packed[^6] ^= 1;
        AssertError(() => IdxFile.Read(Write("packed", packed), 3),
            $"{folder.File("packed")}: expected an intact gzip file, found one whose data or checksum are wrong. Fetch or pack it again.");
    }

    [Fact]
    public void EmptyFile_IsNotOpened() =>
        AssertContains("expected a file with content, found an empty file, a pipe or a device", () => IdxFile.Read(Write("empty", []), 3));

    [Fact]
    public void APipe_IsNotWaitedFor()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var make = System.Diagnostics.Process.Start("mkfifo", folder.File("pipe"));
        make.WaitForExit();
        AssertContains("found an empty file, a pipe or a device", () => IdxFile.Read(folder.File("pipe"), 3));
        File.CreateSymbolicLink(folder.File("link"), folder.File("pipe"));
        AssertContains("found an empty file, a pipe or a device", () => IdxFile.Read(folder.File("link"), 3));
    }

    [Fact]
    public void TrailingBytes_AreAnError() =>
        AssertContains("expected 2x1x3 = 6 values, found more bytes after them", () => IdxFile.Read(Write("long", [.. TwoImages, 0]), 3));

    [Fact]
    public void HugeDimensions_AllocateNothing() =>
        AssertContains("cannot hold more than", () =>
            IdxFile.Read(Write("huge", [0, 0, 8, 3, 127, 255, 255, 255, 127, 255, 255, 255, 127, 255, 255, 255, 1]), 3));

    [Fact]
    public void NegativeDimension_IsAnError() =>
        AssertContains("found -1 as dimension 2", () => IdxFile.Read(Write("minus", [0, 0, 8, 3, 0, 0, 0, 1, 255, 255, 255, 255, 0, 0, 0, 1, 1]), 3));

    [Fact]
    public void MissingFile_SaysSo() => AssertContains("expected a file that can be read", () => IdxFile.Read(folder.File("nowhere"), 3));

    [Fact]
    public void CountsThatDisagree_NameBothFiles()
    {
        var (images, labels) = (Write("images", TwoImages), Write("labels", [0, 0, 8, 1, 0, 0, 0, 3, 0, 1, 2]));
        AssertError(() => IdxSet.Read(images, labels, 10),
            $"{images}: expected as many images as {labels} has labels, 3, found 2 images. Use two files of one set, or fetch both again.");
    }

    [Fact]
    public void LabelOutOfRange_NamesItsPlace()
    {
        var (images, labels) = (Write("images", TwoImages), Write("labels", [0, 0, 8, 1, 0, 0, 0, 2, 9, 10]));
        AssertError(() => IdxSet.Read(images, labels, 10),
            $"{labels}: expected labels 0..9, found label 10 at index 1. Use the right file, or fetch it again.");
    }

    internal static byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(content);
        return packed.ToArray();
    }

    private string Write(string name, byte[] content)
    {
        File.WriteAllBytes(folder.File(name), content);
        return folder.File(name);
    }

    private static void AssertError(Action action, string message) => Assert.Equal(message, Assert.Throws<DataException>(action).Message);

    private static string AssertContains(string part, Action action)
    {
        var message = Assert.Throws<DataException>(action).Message;
        Assert.Contains(part, message);
        return message;
    }
}
