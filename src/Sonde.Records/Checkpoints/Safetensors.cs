using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Sonde.Records.Files;

namespace Sonde.Records.Checkpoints;

/// <summary>A named array of 32-bit floats.</summary>
/// <param name="Name">Unique in its file.</param>
/// <param name="Shape">Sizes, the slowest index first; their product is the length of the values.</param>
/// <param name="Values">Row major.</param>
public sealed record Tensor(string Name, IReadOnlyList<long> Shape, float[] Values);

/// <summary>Writes and reads safetensors files of 32-bit floats: 8 bytes with the length of the header (little endian), the header in JSON, then the
/// tensors one after the other without gaps. Source: [Safetensors2022].</summary>
public static class Safetensors
{
    // Six layers need about 1 kB. With this bound a damaged length cannot ask for all memory.
    internal const int MaximumHeader = 1 << 24;
    private const int LengthBytes = sizeof(ulong);

    /// <summary>Returns the tensors as one file. The same tensors in the same order give the same bytes.</summary>
    /// <exception cref="ArgumentException">A name occurs twice, or a shape does not fit its values.</exception>
    public static byte[] ToBytes(IReadOnlyList<Tensor> tensors) => ToBytes(tensors, null);

    /// <summary>Returns the tensors as one file that also holds texts by name.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>, in order; null for none.</param>
    internal static byte[] ToBytes(IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        ToContent(tensors, metadata)(stream.Write);
        return stream.ToArray();
    }

    /// <summary>Returns the tensors as one file without copying them; their arrays must not change until the file is written.</summary>
    /// <inheritdoc cref="ToBytes(IReadOnlyList{Tensor})"/>
    internal static FileContent ToContent(IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var header = Header(tensors, metadata);
        var length = new byte[LengthBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        return next =>
        {
            next(length);
            next(header);
            // Every platform that .NET supports here is little endian, as the format is.
            foreach (var tensor in tensors)
                next(MemoryMarshal.AsBytes(tensor.Values.AsSpan()));
        };
    }

    /// <summary>Reads the tensors in a file, in the order of their data; the path is for messages.</summary>
    /// <exception cref="RecordException">The content is not exactly a safetensors file of 32-bit floats: a length beyond the file, a header that is not such
    /// JSON, a name that occurs twice, a shape that does not fit its bytes, a gap, an overlap, or bytes left over.</exception>
    public static IReadOnlyList<Tensor> FromBytes(ReadOnlySpan<byte> content, string path)
    {
        var header = HeaderOf(content, path);
        var data = content[(LengthBytes + header.Length)..];
        var entries = SafetensorsHeader.Parse(header, path);

        long next = 0;
        var tensors = new List<Tensor>();
        foreach (var entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != next)
                throw Damaged(path, $"tensor '{entry.Name}' to begin at byte {next}, at the end of the tensor before", $"{entry.Begin}");
            if (entry.End > data.Length)
                throw Damaged(path, $"tensor '{entry.Name}' to end within {data.Length} bytes of data", $"{entry.End}");
            tensors.Add(new(entry.Name, entry.Shape, MemoryMarshal.Cast<byte, float>(data[(int)entry.Begin..(int)entry.End]).ToArray()));
            next = entry.End;
        }
        return next == data.Length ? tensors : throw Damaged(path, $"{next} bytes of data after the header", $"{data.Length}");
    }

    /// <summary>Reads the texts of <c>__metadata__</c>; empty if there are none.</summary>
    /// <exception cref="RecordException">The header is not that of a safetensors file.</exception>
    internal static IReadOnlyDictionary<string, string> ReadMetadata(ReadOnlySpan<byte> content, string path) =>
        SafetensorsHeader.ReadMetadata(HeaderOf(content, path), path);

    private static ReadOnlySpan<byte> HeaderOf(ReadOnlySpan<byte> content, string path)
    {
        if (content.Length < LengthBytes)
            throw Damaged(path, $"at least {LengthBytes} bytes", $"{content.Length}");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(content);
        if (length > Math.Min(MaximumHeader, (ulong)(content.Length - LengthBytes)))
            throw Damaged(path, $"a header of at most {Math.Min(MaximumHeader, content.Length - LengthBytes)} bytes", $"a header length of {length}");
        return content.Slice(LengthBytes, (int)length);
    }

    internal static RecordException Damaged(string path, string expected, string found, Exception? cause = null) =>
        new($"{path}: expected {expected}, found {found}. The file is not a whole safetensors file of 32-bit floats; restore it from a copy, or delete its "
            + "folder.", cause);

    private static byte[] Header(IReadOnlyList<Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            var names = new HashSet<string>();
            long begin = 0;
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject(SafetensorsHeader.Metadata);
                foreach (var (name, text) in metadata)
                    json.WriteString(name, text);
                json.WriteEndObject();
            }
            foreach (var (name, shape, values) in tensors)
            {
                if (!names.Add(name) || name == SafetensorsHeader.Metadata)
                    throw new ArgumentException($"Expected tensors with different names, got '{name}' twice or reserved. Give each its own name.",
                        nameof(tensors));
                if (shape.Aggregate(1L, (product, size) => checked(product * size)) != values.Length)
                    throw new ArgumentException($"Expected {string.Join('x', shape)} values in tensor '{name}', got {values.Length}. Give the shape of the "
                        + "array.", nameof(tensors));
                var end = begin + (long)values.Length * sizeof(float);
                json.WriteStartObject(name);
                json.WriteString("dtype", SafetensorsHeader.Float32);
                json.WriteStartArray("shape");
                foreach (var size in shape)
                    json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                begin = end;
            }
            json.WriteEndObject();
        }
        // The header may end in spaces. They align the data to eight bytes, so that a reader can map it.
        while (stream.Length % LengthBytes != 0)
            stream.WriteByte((byte)' ');
        return stream.ToArray();
    }
}
