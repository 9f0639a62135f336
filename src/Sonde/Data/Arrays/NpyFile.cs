using System.Buffers.Binary;
using System.Text;
using Sonde.Data.Fetching;

namespace Sonde.Data.Arrays;

/// <summary>A NumPy <c>.npy</c> file: one array of numbers, of any byte order and of either order of indices.</summary>
/// <remarks>Magic, version 1.0, 2.0 or 3.0, the header's length, the header, the values. Objects, which need pickle, are never read. Source:
/// [NumpyFormat2024].</remarks>
internal sealed class NpyFile
{
    // NumPy itself reads no longer header of a file that it does not trust.
    private const int LongestHeader = 10_000;
    private static readonly byte[] Magic = [0x93, .. "NUMPY"u8];

    private readonly NpyHeader header;
    private readonly byte[] content;

    private NpyFile(string path, NpyHeader header, byte[] content) => (Path, this.header, this.content) = (path, header, content);

    /// <summary>Where it was read from.</summary>
    public string Path { get; }

    /// <summary>Kind and bytes of a value as NumPy writes them: <c>u1</c>, <c>i8</c>, <c>f4</c>, ...</summary>
    public string Type => header.Type;

    /// <summary>The dimensions; empty for a single number.</summary>
    public IReadOnlyList<int> Shape => header.Shape;

    /// <summary>How many values there are.</summary>
    public int Count => content.Length / header.ItemSize;

    /// <summary>True for whole numbers and booleans.</summary>
    public bool IsWhole => Type[0] != 'f';

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="DataException">It is missing, not a <c>.npy</c> file, too short or too long, or of a type that is not read.</exception>
    public static NpyFile Read(string path) => DataFile.Read(path, () =>
    {
        DataFile.CheckRegular(path);
        using var file = File.OpenRead(path);
        var read = ReadHeader(path, file);
        var size = read.Shape.Aggregate((decimal)read.ItemSize, (product, dimension) => Math.Min(product * dimension, long.MaxValue));
        var announced = $"{string.Join('x', read.Shape)} values of {read.ItemSize} {(read.ItemSize == 1 ? "byte" : "bytes")} = {size} bytes";
        if (size > Array.MaxLength)
            throw new DataException(path, $"at most {Array.MaxLength} bytes", announced,
                "Save fewer examples, or a smaller type: x.astype('uint8'), x.astype('float32').");
        if (size != file.Length - file.Position)
            throw new DataException(path, announced, $"{file.Length - file.Position}", "The file is broken or was cut short: save it again.");
        DataFile.CheckExampleSize(path, read.Shape);
        DataFile.CheckMemory(path, (long)size * 2, announced);
        var content = new byte[(int)size];
        file.ReadExactly(content);
        return new NpyFile(path, read, content);
    });

    /// <summary>The bytes of an array of type <c>u1</c>, the last index fastest.</summary>
    public byte[] Bytes() => Ordered(bytes => bytes[0]);

    /// <summary>The values in single precision, the last index fastest.</summary>
    public float[] Floats() => Ordered(Number);

    /// <summary>The values of an array of whole numbers or booleans, the last index fastest.</summary>
    public long[] WholeNumbers() => Ordered(Whole);

    private float Number(ReadOnlySpan<byte> bytes) => (Type, header.IsBigEndian) switch
    {
        ("f4", false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ("f4", true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        ("f8", false) => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ("f8", true) => (float)BinaryPrimitives.ReadDoubleBigEndian(bytes),
        _ => Whole(bytes),
    };

    private long Whole(ReadOnlySpan<byte> bytes) => (Type, header.IsBigEndian) switch
    {
        ("b1", _) => bytes[0] == 0 ? 0 : 1,
        ("u1", _) => bytes[0],
        ("i1", _) => (sbyte)bytes[0],
        ("u2", false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        ("u2", true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        ("i2", false) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ("i2", true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
        ("u4", false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        ("u4", true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        ("i4", false) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ("i4", true) => BinaryPrimitives.ReadInt32BigEndian(bytes),
        ("i8", false) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ("i8", true) => BinaryPrimitives.ReadInt64BigEndian(bytes),
        _ => throw new InvalidOperationException($"Expected whole numbers, got {Type}. Ask IsWhole first."),
    };

    private delegate T Reading<T>(ReadOnlySpan<byte> bytes);

    private T[] Ordered<T>(Reading<T> read)
    {
        var values = new T[Count];
        var strides = Strides();
        var index = new int[strides.Length];
        for (var (i, place) = (0, 0); i < values.Length; i++)
        {
            values[i] = read(content.AsSpan(place * header.ItemSize, header.ItemSize));
            for (var d = index.Length - 1; d >= 0; d--)
            {
                place += strides[d];
                if (++index[d] < header.Shape[d])
                    break;
                place -= strides[d] * index[d];
                index[d] = 0;
            }
        }
        return values;
    }

    /// <summary>How many values apart two neighbours along each dimension are stored.</summary>
    private int[] Strides()
    {
        var strides = new int[header.Shape.Length];
        var stride = 1;
        for (var k = 0; k < strides.Length; k++)
        {
            var d = header.IsFortranOrder ? k : strides.Length - 1 - k;
            strides[d] = stride;
            stride *= header.Shape[d];
        }
        return strides;
    }

    private static NpyHeader ReadHeader(string path, FileStream file)
    {
        var start = new byte[Magic.Length + 2];
        var got = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        if (got < start.Length || !start.AsSpan().StartsWith(Magic))
            throw new DataException(path, $"the magic bytes 0x{Convert.ToHexStringLower(Magic)} of a .npy file",
                got < start.Length ? $"{got} bytes in all" : $"0x{Convert.ToHexStringLower(start, 0, Magic.Length)}",
                "Use a file that numpy.save wrote.");
        var (major, minor) = (start[^2], start[^1]);
        if (major is < 1 or > 3 || minor != 0)
            throw new DataException(path, "version 1.0, 2.0 or 3.0 of the .npy format", $"{major}.{minor}", "Save the array again with numpy.save.");
        var lengthBytes = new byte[major == 1 ? 2 : 4];
        if (file.ReadAtLeast(lengthBytes, lengthBytes.Length, throwOnEndOfStream: false) < lengthBytes.Length)
            throw new DataException(path, "the length of its header", $"{file.Length} bytes in all", "The file was cut short: save it again.");
        var length = major == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes) : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > LongestHeader)
            throw new DataException(path, $"a header of at most {LongestHeader} bytes", $"{length}",
                "The file is broken or holds something else than numbers: save it again.");
        var text = new byte[length];
        if (file.ReadAtLeast(text, text.Length, throwOnEndOfStream: false) is var some && some < text.Length)
            throw new DataException(path, $"a header of {length} bytes", $"{some}", "The file was cut short: save it again.");
        return NpyHeader.Parse(path, Encoding.Latin1.GetString(text));
    }
}
