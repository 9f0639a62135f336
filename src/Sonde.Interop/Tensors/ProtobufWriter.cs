using System.Text;

namespace Sonde.Interop.Tensors;

/// <summary>Writes the fields of one protobuf message, in the order of the calls. Source: [Protobuf2008].</summary>
internal sealed class ProtobufWriter
{
    private readonly List<byte> bytes = [];

    /// <summary>Adds a whole number.</summary>
    public ProtobufWriter Add(int field, long value)
    {
        WriteVarint((ulong)field << 3);
        WriteVarint((ulong)value);
        return this;
    }

    /// <summary>Adds a 32-bit float.</summary>
    public ProtobufWriter Add(int field, float value)
    {
        WriteVarint(((ulong)field << 3) | 5);
        bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    /// <summary>Adds a 64-bit float.</summary>
    public ProtobufWriter Add(int field, double value)
    {
        WriteVarint(((ulong)field << 3) | 1);
        bytes.AddRange(BitConverter.GetBytes(value));
        return this;
    }

    /// <summary>Adds text.</summary>
    public ProtobufWriter Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Adds a message.</summary>
    public ProtobufWriter Add(int field, ProtobufWriter message) => Add(field, message.ToArray());

    /// <summary>Adds bytes.</summary>
    public ProtobufWriter Add(int field, ReadOnlySpan<byte> content)
    {
        WriteVarint(((ulong)field << 3) | 2);
        WriteVarint((ulong)content.Length);
        bytes.AddRange(content);
        return this;
    }

    /// <summary>Returns the message.</summary>
    public byte[] ToArray() => bytes.ToArray();

    private void WriteVarint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
