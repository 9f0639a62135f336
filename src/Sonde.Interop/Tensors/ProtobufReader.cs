using System.Buffers.Binary;
using System.Text;

namespace Sonde.Interop.Tensors;

/// <summary>Reads the fields of one protobuf message: enough for event files and ONNX, without their schemas. Source: [Protobuf2008].</summary>
internal ref struct ProtobufReader(ReadOnlySpan<byte> message, string path)
{
    private readonly ReadOnlySpan<byte> message = message;
    private int next;

    /// <summary>The number of the field that <see cref="TryRead"/> found.</summary>
    public int Field { get; private set; }

    /// <summary>Its value, if it is a whole number or a fixed one.</summary>
    public ulong Bits { get; private set; }

    /// <summary>Its content, if it has a length.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>True if it has a length: it is text, a message or packed numbers.</summary>
    public bool HasBytes { get; private set; }

    /// <summary>Its value as a whole number.</summary>
    public readonly long Whole => (long)Bits;

    /// <summary>Its value as a 32-bit float.</summary>
    public readonly float Single => BitConverter.UInt32BitsToSingle((uint)Bits);

    /// <summary>Its value as a 64-bit float.</summary>
    public readonly double Double => BitConverter.UInt64BitsToDouble(Bits);

    /// <summary>Its content as text.</summary>
    public readonly string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>Reads the next field.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="InteropException">A field is cut, or is of a kind that protobuf does not have.</exception>
    public bool TryRead()
    {
        if (next == message.Length)
            return false;
        var key = ReadVarint();
        Field = (int)(key >> 3);
        Bytes = default;
        HasBytes = false;
        switch (key & 7)
        {
            case 0:
                Bits = ReadVarint();
                break;
            case 1:
                Bits = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                var length = ReadVarint();
                Bytes = Take(length);
                HasBytes = true;
                break;
            case 5:
                Bits = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw Damaged($"a field of kind {key & 7}");
        }
        return true;
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7f) << shift;
            if (part < 0x80)
                return value;
        }
        throw Damaged("a number of more than 64 bits");
    }

    private ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(message.Length - next))
            throw Damaged($"{message.Length - next} bytes where {count} are announced");
        var bytes = message.Slice(next, (int)count);
        next += (int)count;
        return bytes;
    }

    private readonly InteropException Damaged(string found) =>
        new($"{path}: expected protobuf, found {found}: the file is cut or of another kind. Copy it again.");
}
