using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CsCheck;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;

namespace Sonde.Records.Tests.Checkpoints;

public sealed class SafetensorsTests
{
    private static readonly Tensor[] Small = [new("a", [2, 2], [1, -0f, float.NaN, float.PositiveInfinity]), new("b", [1], [0.5f]), new("empty", [0, 7], [])];

    [Fact]
    public void AnyTensors_ReadBackToTheBit() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5]).SelectMany(s =>
            Gen.Float.Array[s.Item1 * s.Item2].Select(values => (s.Item1, s.Item2, values))).Array[0, 6].Sample(shapes =>
        {
            Tensor[] tensors = [.. shapes.Select((s, i) => new Tensor($"t{i}", [s.Item1, s.Item2], s.values))];
            // Tensors without values share their place with the next one, so that only names tell them apart.
            var back = Safetensors.FromBytes(Safetensors.ToBytes(tensors), "memory").ToDictionary(t => t.Name);
            return back.Count == tensors.Length && tensors.All(t => Text(back[t.Name]) == Text(t));
        }, iter: 300);

    [Fact]
    public void File_IsAsTheFormatSays()
    {
        var content = Safetensors.ToBytes(Small);
        var length = (int)BinaryPrimitives.ReadUInt64LittleEndian(content);
        Assert.Equal((byte)'{', content[8]);
        Assert.Equal(0, length % 8);
        Assert.Equal(8 + length + 5 * 4, content.Length);
        using var header = JsonDocument.Parse(content.AsMemory(8, length));
        long end = 0;
        foreach (var tensor in header.RootElement.EnumerateObject())
        {
            Assert.Equal("F32", tensor.Value.GetProperty("dtype").GetString());
            var offsets = tensor.Value.GetProperty("data_offsets").EnumerateArray().Select(o => o.GetInt64()).ToArray();
            Assert.Equal(end, offsets[0]);
            end = offsets[1];
            Assert.Equal(offsets[1] - offsets[0],
                4 * tensor.Value.GetProperty("shape").EnumerateArray().Aggregate(1L, (product, size) => product * size.GetInt64()));
        }
        Assert.Equal(20, end);
        Assert.Equal(1f, BinaryPrimitives.ReadSingleLittleEndian(content.AsSpan(8 + length)));
        Assert.Equal(0.5f, BinaryPrimitives.ReadSingleLittleEndian(content.AsSpan(8 + length + 16)));
    }

    [Fact]
    public void NoTensors_ReadBackAsNone() => Assert.Empty(Safetensors.FromBytes(Safetensors.ToBytes([]), "memory"));

    [Fact]
    public void EveryTruncationAndExtension_IsARecordException()
    {
        var content = Safetensors.ToBytes(Small);
        for (var length = 0; length < content.Length; length++)
            Assert.Contains("some/file", Assert.Throws<RecordException>(() => Safetensors.FromBytes(content.AsSpan(0, length), "some/file")).Message,
                StringComparison.Ordinal);
        Assert.Throws<RecordException>(() => Safetensors.FromBytes([.. content, 0], "some/file"));
    }

    [Fact]
    public void EveryBitFlipOfTheHeader_IsARecordExceptionOrAReadOfTheSameValues()
    {
        var content = Safetensors.ToBytes(Small);
        var data = content.AsSpan(8 + (int)BinaryPrimitives.ReadUInt64LittleEndian(content)).ToArray();
        for (var bit = 0; bit < 8 * (content.Length - data.Length); bit++)
        {
            var flipped = content.ToArray();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            try
            {
                // A flip in a name gives another name: what is read is what the file now says, each byte of it once.
                var values = Safetensors.FromBytes(flipped, "memory").SelectMany(t => t.Values).ToArray();
                Assert.Equal(data, MemoryMarshal.AsBytes(values.AsSpan()).ToArray());
            }
            catch (RecordException)
            {
            }
        }
    }

    [Theory]
    [InlineData("""[1]""", 0, "begins with '{'")]
    [InlineData("""{"a":1}""", 0, "dtype, shape and data_offsets of tensor 'a'")]
    [InlineData("""{"a":{"dtype":"F16","shape":[2],"data_offsets":[0,4]}}""", 4, "dtype F32")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "4 bytes per value")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "whole numbers")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,4611686018427387904],"data_offsets":[0,0]}}""", 0, "4 bytes per value")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "4 bytes per value")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "data_offsets [begin, end]")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "begin at byte 0")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},"b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}}""", 12, "begin at byte 8")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 8, "4 bytes of data")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", 4, "end within 4 bytes")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "JSON header")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"extra":1}}""", 4, "4 properties")]
    [InlineData("""{"__metadata__":{"x":1}}""", 0, "text under __metadata__")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} x""", 4, "JSON header")]
    public void HeaderThatIsWrong_SaysWhatIsWrong(string header, int dataBytes, string expected)
    {
        var error = Assert.Throws<RecordException>(() => Safetensors.FromBytes(File(header, dataBytes), "x.safetensors"));
        Assert.StartsWith("x.safetensors: expected", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_IsAllowed() =>
        Assert.Equal("a", Assert.Single(Safetensors.FromBytes(File("""{"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}""",
            4), "x")).Name);

    [Fact]
    public void HeaderLengthBeyondTheFile_IsRefusedBeforeAnythingIsAllocated()
    {
        var content = Safetensors.ToBytes(Small);
        BinaryPrimitives.WriteUInt64LittleEndian(content, ulong.MaxValue);
        Assert.Contains($"a header length of {ulong.MaxValue}", Assert.Throws<RecordException>(() => Safetensors.FromBytes(content, "x")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void TensorsThatDoNotFit_AreNotWritten()
    {
        Assert.Throws<ArgumentException>(() => Safetensors.ToBytes([new("a", [1], [1]), new("a", [1], [1])]));
        Assert.Throws<ArgumentException>(() => Safetensors.ToBytes([new("a", [3], [1])]));
    }

    private static byte[] File(string header, int dataBytes)
    {
        var content = new byte[8 + Encoding.UTF8.GetByteCount(header) + dataBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(content, (ulong)Encoding.UTF8.GetBytes(header, content.AsSpan(8)));
        return content;
    }

    private static string Text(Tensor tensor) => $"{string.Join('x', tensor.Shape)} {Convert.ToHexString(MemoryMarshal.AsBytes(tensor.Values.AsSpan()))}";
}
