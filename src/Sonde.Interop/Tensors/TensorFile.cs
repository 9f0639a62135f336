using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace Sonde.Interop.Tensors;

/// <summary>Reads a safetensors file that any program wrote: every type of number, a tensor at a time, and what is whole of a damaged file. Source:
/// [Safetensors2022].</summary>
internal sealed class TensorFile : IDisposable
{
    // With this bound a damaged length cannot ask for all memory.
    private const int MostHeader = 1 << 26;
    private const int LengthBytes = sizeof(ulong);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 8 };

    private static readonly Dictionary<string, int> Sizes = new()
    {
        ["F64"] = 8, ["F32"] = 4, ["F16"] = 2, ["BF16"] = 2, ["I64"] = 8, ["I32"] = 4, ["I16"] = 2, ["I8"] = 1, ["U8"] = 1, ["BOOL"] = 1,
    };

    private readonly SafeFileHandle file;
    private readonly long dataBegin;
    private readonly Dictionary<string, TensorEntry> byName = [];

    private TensorFile(string path, SafeFileHandle file)
    {
        (Path, this.file) = (path, file);
        var length = RandomAccess.GetLength(file);
        var headerLength = ReadHeaderLength(length);
        dataBegin = LengthBytes + headerLength;
        ReadHeader(headerLength, length - dataBegin);
        RefuseOverlaps();
        Entries = [.. byName.Values.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End)];
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Its tensors, in the order of their data.</summary>
    public IReadOnlyList<TensorEntry> Entries { get; }

    /// <summary>The texts of <c>__metadata__</c>.</summary>
    public Dictionary<string, string> Metadata { get; } = [];

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="InteropException">The header is cut or is none.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public static TensorFile Open(string path)
    {
        var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            return new(path, handle);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Finds a tensor by name, also one that cannot be read; null if the header does not name it.</summary>
    public TensorEntry? Find(string name) => byName.GetValueOrDefault(name);

    /// <summary>Reads the values of a tensor as 32-bit floats.</summary>
    /// <exception cref="InteropException">It has a <see cref="TensorEntry.Problem"/>.</exception>
    public float[] Read(TensorEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Problem is { } problem)
            throw new InteropException($"{Path}: tensor '{entry.Name}' {problem}");
        var values = new float[entry.Count];
        if (entry.Type == "F32")
        {
            // Every platform that .NET supports here is little endian, as the format is.
            ReadBytes(entry, MemoryMarshal.AsBytes(values.AsSpan()));
            return values;
        }
        var bytes = new byte[entry.End - entry.Begin];
        ReadBytes(entry, bytes);
        Convert(entry.Type, bytes, values);
        return values;
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private void ReadBytes(TensorEntry entry, Span<byte> bytes)
    {
        for (var done = 0; done < bytes.Length;)
        {
            var read = RandomAccess.Read(file, bytes[done..], dataBegin + entry.Begin + done);
            if (read == 0)
                throw new InteropException($"{Path}: tensor '{entry.Name}' ends after {done} of {bytes.Length} bytes, because another process cut the file. "
                    + "Wait until it is written, then try again.");
            done += read;
        }
    }

    private static void Convert(string type, ReadOnlySpan<byte> bytes, Span<float> values)
    {
        for (var k = 0; k < values.Length; k++)
            values[k] = type switch
            {
                "F64" => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(8 * k)..]),
                "F16" => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(2 * k)..]),
                // The upper half of a 32-bit float.
                "BF16" => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * k)..]) << 16),
                "I64" => BinaryPrimitives.ReadInt64LittleEndian(bytes[(8 * k)..]),
                "I32" => BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * k)..]),
                "I16" => BinaryPrimitives.ReadInt16LittleEndian(bytes[(2 * k)..]),
                "I8" => (sbyte)bytes[k],
                _ => bytes[k],
            };
    }

    private long ReadHeaderLength(long length)
    {
        Span<byte> bytes = stackalloc byte[LengthBytes];
        if (length < LengthBytes || RandomAccess.Read(file, bytes, 0) != LengthBytes)
            throw Damaged($"has {length} bytes, too few for a header");
        var header = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (bytes.StartsWith("PK\x03\x04"u8))
            throw Damaged("is a zip file, as torch.save writes. In Python: safetensors.torch.save_file(model.state_dict(), 'model.safetensors')");
        return header <= (ulong)Math.Min(MostHeader, length - LengthBytes) ? (long)header
            : throw Damaged($"says that its header takes {header} bytes, and has {length} bytes in all");
    }

    private void ReadHeader(long headerLength, long dataLength)
    {
        var header = new byte[headerLength];
        for (var done = 0; done < header.Length;)
            done += RandomAccess.Read(file, header.AsSpan(done), LengthBytes + done) is > 0 and var read ? read : throw Damaged("is cut within its header");
        try
        {
            using var document = JsonDocument.Parse(header, Strict);
            foreach (var property in document.RootElement.EnumerateObject())
                if (property.NameEquals("__metadata__"))
                    ReadMetadata(property.Value);
                else
                    byName[property.Name] = Entry(property.Name, property.Value, dataLength);
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException)
        {
            throw Damaged($"has a header that is not the JSON of tensors ({cause.Message})", cause);
        }
    }

    private void ReadMetadata(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null)
            return;
        foreach (var text in value.EnumerateObject().Where(text => text.Value.ValueKind == JsonValueKind.String))
            Metadata[text.Name] = text.Value.GetString()!;
    }

    private static TensorEntry Entry(string name, JsonElement value, long dataLength)
    {
        var type = value.ValueKind == JsonValueKind.Object && value.TryGetProperty("dtype", out var dtype) ? dtype.ToString() : "?";
        if (Numbers(value, "shape") is not { } shape || Numbers(value, "data_offsets") is not [var begin, var end])
            return new(name, type, [], 0, 0, "has no dtype, shape and data_offsets of whole numbers in the header. Write the file again.");
        TensorEntry With(string? problem) => new(name, type, shape, begin, end, problem);
        if (!Sizes.TryGetValue(type, out var size))
            return With($"is of type {type}; Sonde reads {string.Join(", ", Sizes.Keys)}. Store it as F32.");
        var needed = shape.Aggregate((UInt128)size, (product, length) => product > long.MaxValue ? product : product * (UInt128)length);
        if (begin > end || needed != (UInt128)(end - begin))
            return With($"of shape {string.Join('x', shape)} and type {type} needs {needed} bytes, and its data_offsets give it {end - begin}. "
                + "The header is wrong: write the file again.");
        if (end > dataLength)
            return With($"should end at byte {end} of the data, and the file holds {dataLength}: it is cut off. Copy or write the file again.");
        return With(needed / (UInt128)size > (UInt128)Array.MaxLength ? $"has more than {Array.MaxLength} values, too many for one array." : null);
    }

    // Two tensors that share bytes: at least one would have the other's values, and nothing says which.
    private void RefuseOverlaps()
    {
        TensorEntry? last = null;
        foreach (var entry in byName.Values.Where(entry => entry.Problem is null && entry.Begin < entry.End).OrderBy(entry => entry.Begin).ToList())
        {
            if (last is not null && entry.Begin < last.End)
            {
                byName[last.Name] = byName[last.Name] with { Problem = Overlap(last, entry) };
                byName[entry.Name] = entry with { Problem = Overlap(entry, last) };
            }
            last = last is null || entry.End > last.End ? entry : last;
        }
    }

    private static string Overlap(TensorEntry entry, TensorEntry other) => $"has the data_offsets {entry.Begin} to {entry.End}, and '{other.Name}' has "
        + $"{other.Begin} to {other.End}: they overlap. The header is wrong: write the file again.";

    private static List<long>? Numbers(JsonElement value, string name)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out var array) || array.ValueKind != JsonValueKind.Array)
            return null;
        var numbers = new List<long>();
        foreach (var element in array.EnumerateArray())
            if (element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) && number >= 0)
                numbers.Add(number);
            else
                return null;
        return numbers;
    }

    private InteropException Damaged(string how, Exception? cause = null) =>
        new($"{Path}: expected a safetensors file, but it {how}. Copy or write the file again.", cause);
}
