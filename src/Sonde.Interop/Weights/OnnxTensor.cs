using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Sonde.Interop.Tensors;

namespace Sonde.Interop.Weights;

/// <summary>A constant of an ONNX graph. Source: [Onnx2019].</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Sizes, the slowest index first.</param>
/// <param name="Content">Its values, row major.</param>
/// <param name="Problem">Why they cannot be read; null if they can.</param>
internal sealed record OnnxTensor(string Name, IReadOnlyList<long> Shape, float[] Content, string? Problem = null)
{
    private const int Float32 = 1, Int32 = 6, Int64 = 7, Bool = 9, Float16 = 10, Float64 = 11, BFloat16 = 16;

    /// <summary>The shape in words.</summary>
    public string ShapeText => Shape.Count == 0 ? "scalar" : string.Join('x', Shape);

    /// <summary>Its values, row major.</summary>
    /// <exception cref="InteropException">They are in another file, of another type, or not as many as the shape says.</exception>
    public float[] Values => Problem is null ? Content : throw new InteropException(Problem);

    /// <summary>Reads a <c>TensorProto</c>. One that cannot be read is a problem only if the network uses it.</summary>
    public static OnnxTensor Read(ReadOnlySpan<byte> message, string path, string? name = null)
    {
        var (shape, values, type, raw) = (new List<long>(), new List<float>(), 0L, default(byte[]));
        var whole = new List<long>();
        string? outside = null;
        var fields = new ProtobufReader(message, path);
        while (fields.TryRead())
            switch (fields.Field)
            {
                case 1:
                    ReadNumbers(fields, shape);
                    break;
                case 2:
                    type = fields.Whole;
                    break;
                case 4 when fields.HasBytes:
                    values.AddRange(MemoryMarshal.Cast<byte, float>(fields.Bytes));
                    break;
                case 4:
                    values.Add(fields.Single);
                    break;
                case 5 or 7:
                    ReadNumbers(fields, whole);
                    break;
                case 8:
                    name ??= fields.Text;
                    break;
                case 9:
                    raw = fields.Bytes.ToArray();
                    break;
                case 10 when fields.HasBytes:
                    values.AddRange(MemoryMarshal.Cast<byte, double>(fields.Bytes).ToArray().Select(number => (float)number));
                    break;
                case 13:
                    outside ??= LocationIn(fields.Bytes, path);
                    break;
                case 14 when fields.Whole == 1:
                    outside ??= "another file";
                    break;
            }
        name ??= "";
        if (outside is not null)
            return new(name, shape, [], $"{path}: tensor '{name}' keeps its values in {outside}, and Sonde reads one file. Save the model with its weights "
                + "inside: onnx.save_model(model, path, save_as_external_data=False).");
        var needed = shape.Aggregate(1.0, (product, size) => product * size);
        if (raw is not null && SizeOf(type) is var bytes && (bytes == 0 || raw.Length % bytes != 0))
            return new(name, shape, [], $"{path}: tensor '{name}' holds {raw.Length} bytes of type {type}; Sonde reads whole FLOAT, DOUBLE, FLOAT16, BFLOAT16, "
                + "INT32, INT64 and BOOL. Convert the model to FLOAT.");
        float[] all = raw is not null ? Convert(raw, type) : [.. values, .. whole.Select(number => OfBits(number, type))];
        return new(name, shape, all, needed == all.Length ? null
            : $"{path}: tensor '{name}' of shape {string.Join('x', shape)} should hold {needed} values and holds {all.Length}. Export the model again.");
    }

    private static int SizeOf(long type) => type switch { Float32 or Int32 => 4, Int64 or Float64 => 8, Float16 or BFloat16 => 2, Bool => 1, _ => 0 };

    // Numbers of 16 bits are also stored as whole numbers with the same bits.
    private static float OfBits(long number, long type) => type switch
    {
        Float16 => (float)BitConverter.UInt16BitsToHalf((ushort)number),
        BFloat16 => BitConverter.UInt32BitsToSingle((uint)(ushort)number << 16),
        _ => number,
    };

    private static float[] Convert(byte[] raw, long type)
    {
        var size = SizeOf(type);
        var values = new float[raw.Length / size];
        for (var k = 0; k < values.Length; k++)
        {
            var bytes = raw.AsSpan(k * size, size);
            values[k] = type switch
            {
                Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                Bool => bytes[0],
                _ => OfBits(BinaryPrimitives.ReadUInt16LittleEndian(bytes), type),
            };
        }
        return values;
    }

    // One number, or several packed into bytes.
    private static void ReadNumbers(ProtobufReader field, List<long> into)
    {
        if (!field.HasBytes)
            into.Add(field.Whole);
        else
            for (var rest = field.Bytes; !rest.IsEmpty;)
            {
                var (number, length) = (0UL, 0);
                while (length < rest.Length && length < 10)
                {
                    number |= (ulong)(rest[length] & 0x7f) << (7 * length);
                    if (rest[length++] < 0x80)
                        break;
                }
                into.Add((long)number);
                rest = rest[length..];
            }
    }

    private static string LocationIn(ReadOnlySpan<byte> entry, string path)
    {
        var (key, value) = ("", "");
        var fields = new ProtobufReader(entry, path);
        while (fields.TryRead())
            if (fields.Field == 1)
                key = fields.Text;
            else if (fields.Field == 2)
                value = fields.Text;
        return key == "location" ? $"the file '{value}'" : "another file";
    }
}
