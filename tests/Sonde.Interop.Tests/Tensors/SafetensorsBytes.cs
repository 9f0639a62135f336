using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;

namespace Sonde.Interop.Tests.Tensors;

/// <summary>Writes safetensors files of any type of number, right or wrong.</summary>
internal sealed class SafetensorsBytes
{
    private readonly JsonObject header = [];
    private readonly List<byte> data = [];

    public SafetensorsBytes Add(string name, int[] shape, params float[] values) => Add(name, "F32", shape, [.. values.SelectMany(BitConverter.GetBytes)]);

    public SafetensorsBytes AddHalf(string name, int[] shape, params float[] values) =>
        Add(name, "F16", shape, [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))]);

    public SafetensorsBytes AddBrain(string name, int[] shape, params float[] values) =>
        Add(name, "BF16", shape, [.. values.SelectMany(value => BitConverter.GetBytes(value)[2..])]);

    public SafetensorsBytes AddLabels(string name, params long[] values) => Add(name, "I64", [values.Length], [.. values.SelectMany(BitConverter.GetBytes)]);

    public SafetensorsBytes Add(string name, string type, int[] shape, byte[] bytes)
    {
        header[name] = new JsonObject
        {
            ["dtype"] = type, ["shape"] = new JsonArray([.. shape.Select(size => (JsonNode)size)]),
            ["data_offsets"] = new JsonArray(data.Count, data.Count + bytes.Length),
        };
        data.AddRange(bytes);
        return this;
    }

    public SafetensorsBytes Say(string name, string text)
    {
        if (header["__metadata__"] is not JsonObject texts)
            header["__metadata__"] = texts = [];
        texts[name] = text;
        return this;
    }

    public byte[] ToArray()
    {
        var text = Encoding.UTF8.GetBytes(header.ToJsonString());
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, text.Length);
        return [.. length, .. text, .. data];
    }
}
