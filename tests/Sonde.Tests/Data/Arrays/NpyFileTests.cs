using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data.Arrays;

public sealed class NpyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private sealed record Recorded(string Name, string Content, string Type, int[] Shape, double[] Values);

    private static Recorded[] FromNumPy() => JsonSerializer.Deserialize<Recorded[]>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "Arrays", "Npy", "npy-files.json")), JsonSerializerOptions.Web)!;

    [Fact]
    public void WhatNumPyWrote_IsReadAsNumPyReadsIt()
    {
        var read = FromNumPy().Where(file => file.Values.Length > 0).ToList();
        Assert.Equal(17 * 6 * 2 + 2, read.Count);
        foreach (var file in read)
        {
            var array = NpyFile.Read(Write(Convert.FromBase64String(file.Content)));
            Assert.Equal((file.Name, file.Type), (file.Name, array.Type));
            Assert.Equal(file.Shape, array.Shape);
            Assert.Equal(file.Values.Select(value => (float)value), array.Floats());
            Assert.Equal(file.Type[0] != 'f', array.IsWhole);
            if (array.IsWhole)
                Assert.Equal(file.Values.Select(value => (long)value), array.WholeNumbers());
            if (array.Type == "u1")
                Assert.Equal(file.Values.Select(value => (byte)value), array.Bytes());
        }
    }

    [Theory]
    [InlineData("objects",
        "expected numbers of a type among b1, u1, i1, u2, i2, u4, i4, i8, f4, f8, found Python objects, which only pickle could read. Sonde never "
        + "unpickles: save numbers, as with x.astype('float32').")]
    [InlineData("complex",
        "expected numbers of a type among b1, u1, i1, u2, i2, u4, i4, i8, f4, f8, found '<c16'. Convert them before saving, as with x.astype('float32') or "
        + "x.astype('int64').")]
    [InlineData("text", "expected numbers of a type among b1, u1, i1, u2, i2, u4, i4, i8, f4, f8, found text ('<U1'). For labels, save numbers with "
        + "names, labels = numpy.unique(y, return_inverse=True), and the names in classes.txt, one per line.")]
    [InlineData("half", "expected numbers of a type among b1, u1, i1, u2, i2, u4, i4, i8, f4, f8, found '<f2'. Convert them before saving, as with "
        + "x.astype('float32') or x.astype('int64').")]
    [InlineData("large",
        "expected numbers of a type among b1, u1, i1, u2, i2, u4, i4, i8, f4, f8, found '<u8'. Convert them before saving, as with x.astype('float32') or "
        + "x.astype('int64').")]
    [InlineData("records",
        "expected numbers of a type among b1, u1, i1, u2, i2, u4, i4, i8, f4, f8, found [('a', '<i4'), ('b', '<f4')]. Convert them before saving, as with "
        + "x.astype('float32') or x.astype('int64').")]
    public void TypesThatAreNotRead_SayWhatToDo(string name, string error) =>
        AssertError(Convert.FromBase64String(FromNumPy().Single(file => file.Name == name).Content), error);

    [Fact]
    public void CutAnywhere_IsAnError()
    {
        foreach (var whole in new[] { File1("{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }", 1, 2, 3, 4, 5, 6),
            File2("{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }", 2, 1, 2, 3, 4, 5, 6) })
        {
            Assert.Equal([513, 1027, 1541], NpyFile.Read(Write(whole)).WholeNumbers());
            for (var length = 0; length < whole.Length; length++)
                Assert.Throws<DataException>(() => NpyFile.Read(Write(whole[..length])));
            AssertError([.. whole, 0], "expected 3 values of 2 bytes = 6 bytes, found 7. The file is broken or was cut short: save it again.");
        }
    }

    [Fact]
    public void AnyBitFlippedInTheHeader_IsReadOrRefusedWithAReason()
    {
        var whole = File1("{'descr': '<i2', 'fortran_order': False, 'shape': (3,), }", 1, 2, 3, 4, 5, 6);
        var refused = 0;
        for (var bit = 0; bit < 8 * (whole.Length - 6); bit++)
        {
            var flipped = whole.ToArray();
            flipped[bit / 8] ^= (byte)(1 << bit % 8);
            try
            {
                Assert.Equal(3, NpyFile.Read(Write(flipped)).Floats().Length);
            }
            catch (DataException)
            {
                refused++;
            }
        }
        Assert.True(refused > 0.9 * 8 * 57, $"{refused} were refused");
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1000000000, 1000000000, 1000000000, 1000000000), }",
        "expected at most 2147483591 bytes, found 1000000000x1000000000x1000000000x1000000000 values of 4 bytes = 9223372036854775807 bytes. Save fewer "
        + "examples, or a smaller type: x.astype('uint8'), x.astype('float32').")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (65536, 65536), }",
        "expected at most 2147483591 bytes, found 65536x65536 values of 4 bytes = 17179869184 bytes. Save fewer examples, or a smaller type: "
        + "x.astype('uint8'), x.astype('float32').")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }",
        "expected dimensions of at most 2147483647, found 99999999999. The header is broken: save the array again.")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }",
        "expected a NumPy header with 'descr', 'fortran_order' and 'shape', found '{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }'. Save the "
        + "array again with numpy.save.")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (1 2), }",
        "expected a tuple of whole numbers as 'shape', found (1 2). Save the array again with numpy.save.")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': 3, }",
        "expected a tuple of whole numbers as 'shape', found 3. Save the array again with numpy.save.")]
    [InlineData("{'descr': '<f4', 'fortran_order': 1, 'shape': (1,), }",
        "expected True or False as 'fortran_order', found 1. Save the array again with numpy.save.")]
    [InlineData("{'descr': '<f4', 'shape': (1,), }",
        "expected a NumPy header with 'descr', 'fortran_order' and 'shape', found '{'descr': '<f4', 'shape': (1,), }'. Save the array again with numpy.save.")]
    [InlineData("{'descr': '|f4', 'fortran_order': False, 'shape': (1,), }",
        "expected numbers of a type among b1, u1, i1, u2, i2, u4, i4, i8, f4, f8, found '|f4'. Convert them before saving, as with x.astype('float32') or "
        + "x.astype('int64').")]
    [InlineData("__import__('os').system('x')",
        "expected a NumPy header with 'descr', 'fortran_order' and 'shape', found '__import__('os').system('x')'. Save the array again with numpy.save.")]
    public void SenselessHeader_IsRefusedWithoutAllocating(string header, string error) => AssertError(File1(header, 0, 0, 0, 0), error);

    [Fact]
    public void HeaderBroughtToExplode_IsRefusedAtOnce() =>
        AssertError(File1("{" + string.Concat(Enumerable.Repeat("'descr':'<f4' ", 600)) + "!", 0), "expected a NumPy header");

    [Fact]
    public void WrongStart_SaysWhatWasFound()
    {
        AssertError([], "expected a file with content, found an empty file, a pipe or a device. Use the right file.");
        AssertError([0x93], "expected the magic bytes 0x934e554d5059 of a .npy file, found 1 bytes in all. Use a file that numpy.save wrote.");
        AssertError("PK\x03\x04 an npz file"u8.ToArray(),
            "expected the magic bytes 0x934e554d5059 of a .npy file, found 0x504b03042061. Use a file that numpy.save wrote.");
        AssertError([0x93, .. "NUMPY"u8, 4, 0, 0, 0], "expected version 1.0, 2.0 or 3.0 of the .npy format, found 4.0. Save the array again with numpy.save.");
        AssertError([0x93, .. "NUMPY"u8, 2, 0, 255, 255, 255, 127],
            "expected a header of at most 10000 bytes, found 2147483647. The file is broken or holds something else than numbers: save it again.");
        Assert.Contains("expected a file that can be read", Assert.Throws<DataException>(() => NpyFile.Read(folder.File("nowhere"))).Message);
    }

    [Fact]
    public void WholeNumbersOfFloats_AreAMistakeOfTheProgram() =>
        Assert.Throws<InvalidOperationException>(() =>
            NpyFile.Read(Write(File1("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }", 0, 0, 0, 0))).WholeNumbers());

    /// <summary>A file of version 1.0.</summary>
    [Fact]
    public void LongIntegersOfPython2_AreRead()
    {
        var read = NpyFile.Read(Write(File1("{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 3L), }", 1, 2, 3, 4, 5, 6)));
        Assert.Equal([2, 3], read.Shape);
        Assert.Equal([1, 2, 3, 4, 5, 6], read.Bytes());
    }

    internal static byte[] File1(string header, params byte[] values)
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(length, (ushort)(header.Length + 1));
        return [0x93, .. "NUMPY"u8, 1, 0, .. length, .. Encoding.Latin1.GetBytes(header), (byte)'\n', .. values];
    }

    private static byte[] File2(string header, byte version, params byte[] values)
    {
        var length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, header.Length + 1);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.Latin1.GetBytes(header), (byte)'\n', .. values];
    }

    private string Write(byte[] content)
    {
        File.WriteAllBytes(folder.File("x.npy"), content);
        return folder.File("x.npy");
    }

    private void AssertError(byte[] content, string begins) =>
        Assert.StartsWith($"{folder.File("x.npy")}: {begins}", Assert.Throws<DataException>(() => NpyFile.Read(Write(content))).Message);
}
