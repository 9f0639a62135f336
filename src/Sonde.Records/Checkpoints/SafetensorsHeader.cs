using System.Text.Json;
using Sonde.Records.Files;

namespace Sonde.Records.Checkpoints;

/// <summary>One tensor as the header of a safetensors file describes it.</summary>
internal sealed record SafetensorsEntry(string Name, IReadOnlyList<long> Shape, long Begin, long End);

/// <summary>Reads the JSON header of a safetensors file, strictly.</summary>
internal static class SafetensorsHeader
{
    public const string Metadata = "__metadata__";
    public const string Float32 = "F32";

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4 };

    /// <summary>Reads the entries, in the order of the header, and skips free-form metadata.</summary>
    /// <exception cref="RecordException">The header is not such JSON, or a shape does not fit its bytes.</exception>
    public static IReadOnlyList<SafetensorsEntry> Parse(ReadOnlySpan<byte> header, string path)
    {
        if (header.IsEmpty || header[0] != '{')
            throw Safetensors.Damaged(path, "a header that begins with '{'", header.IsEmpty ? "an empty one" : $"byte {header[0]}");
        try
        {
            using var document = JsonDocument.Parse(header.ToArray(), Strict);
            var entries = new List<SafetensorsEntry>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals(Metadata))
                    CheckMetadata(property.Value, path);
                else
                    entries.Add(Entry(property.Name, property.Value, path));
            }
            return entries;
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException)
        {
            throw Safetensors.Damaged(path, "a JSON header with dtype, shape and data_offsets for each tensor", cause.Message, cause);
        }
    }

    /// <summary>Reads the texts of <c>__metadata__</c>; empty if there are none.</summary>
    /// <exception cref="RecordException">The header is not such JSON.</exception>
    public static Dictionary<string, string> ReadMetadata(ReadOnlySpan<byte> header, string path)
    {
        Parse(header, path);
        using var document = JsonDocument.Parse(header.ToArray(), Strict);
        return document.RootElement.TryGetProperty(Metadata, out var texts)
            ? texts.EnumerateObject().ToDictionary(text => text.Name, text => text.Value.GetString()!) : [];
    }

    private static SafetensorsEntry Entry(string name, JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.Object || value.GetPropertyCount() != 3)
            throw Safetensors.Damaged(path, $"dtype, shape and data_offsets of tensor '{name}'", value.ValueKind == JsonValueKind.Object
                ? $"{value.GetPropertyCount()} properties" : $"{value.ValueKind}");
        if (Property(name, value, "dtype", path) is var dtype && (dtype.ValueKind != JsonValueKind.String || dtype.GetString() != Float32))
            throw Safetensors.Damaged(path, $"tensor '{name}' of dtype {Float32}", dtype.GetRawText());
        var shape = Numbers(name, Property(name, value, "shape", path), path);
        var offsets = Numbers(name, Property(name, value, "data_offsets", path), path);
        if (offsets.Count != 2 || offsets[0] > offsets[1])
            throw Safetensors.Damaged(path, $"data_offsets [begin, end] of tensor '{name}'", $"[{string.Join(", ", offsets)}]");
        var bytes = shape.Aggregate((UInt128)sizeof(float), (product, size) => product > long.MaxValue ? product : product * (UInt128)size);
        if (shape.Contains(0))
            bytes = 0;
        if (bytes != (UInt128)(offsets[1] - offsets[0]))
            throw Safetensors.Damaged(path, $"tensor '{name}' of shape {string.Join('x', shape)} to take {sizeof(float)} bytes per value",
                $"{offsets[1] - offsets[0]} bytes");
        return new(name, shape, offsets[0], offsets[1]);
    }

    private static JsonElement Property(string tensor, JsonElement value, string name, string path) =>
        value.TryGetProperty(name, out var property) ? property : throw Safetensors.Damaged(path, $"'{name}' of tensor '{tensor}'", "none");

    private static List<long> Numbers(string tensor, JsonElement value, string path)
    {
        var numbers = new List<long>();
        foreach (var element in value.EnumerateArray())
            numbers.Add(element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var number) && number >= 0
                ? number
                : throw Safetensors.Damaged(path, $"whole numbers from 0 for tensor '{tensor}'", element.GetRawText()));
        return numbers;
    }

    private static void CheckMetadata(JsonElement value, string path)
    {
        foreach (var entry in value.EnumerateObject())
            if (entry.Value.ValueKind != JsonValueKind.String)
                throw Safetensors.Damaged(path, $"text under {Metadata}", $"'{entry.Name}': {entry.Value.GetRawText()}");
    }
}
