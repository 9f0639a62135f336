using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sonde.Records.Baselines;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Leases;

namespace Sonde.Records.Trials;

/// <summary>JSON files of a run folder: camelCase, NaN and infinities as the strings <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>, and a digest of
/// their own as last property: SHA-256 of the file with the 64 characters of the digest left out.</summary>
internal static class RecordJson
{
    private const string EmptyDigest = "\"digest\": \"\"";
    private const int DigestLength = 64;

    private static readonly RecordJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        // These files are read by people and programs, never pasted into a page: quotes and accents stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The whole file, digest included.</summary>
    public static byte[] ToBytes<T>(T value)
    {
        var node = JsonSerializer.SerializeToNode(value, Type<T>())!.AsObject();
        node["digest"] = "";
        var text = node.ToJsonString(Context.Options) + "\n";
        var digest = DurableFile.Digest(Encoding.UTF8.GetBytes(text));
        var at = text.LastIndexOf(EmptyDigest, StringComparison.Ordinal) + EmptyDigest.Length - 1;
        return Encoding.UTF8.GetBytes(text.Insert(at, digest));
    }

    /// <summary>Reads a file whose digest has to be right.</summary>
    /// <exception cref="RecordException">The content is not what <see cref="ToBytes"/> wrote.</exception>
    public static T FromBytes<T>(byte[] content, string path)
    {
        try
        {
            var text = Encoding.UTF8.GetString(content);
            var digest = JsonNode.Parse(text)?["digest"]?.GetValue<string>() ?? throw new JsonException("there is no digest");
            var at = text.LastIndexOf(digest, StringComparison.Ordinal);
            if (digest.Length != DigestLength || DurableFile.Digest(Encoding.UTF8.GetBytes(text.Remove(at, DigestLength))) != digest)
                throw new JsonException($"its digest {digest} is not that of its content");
            return JsonSerializer.Deserialize(text, Type<T>()) ?? throw new JsonException("it holds null");
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new RecordException($"{path}: expected the JSON that Sonde wrote, with its digest, found {content.Length} bytes that are not "
                + $"({cause.Message}). "
                + "Restore the file from a copy, or run the study again: it sets the file aside and goes on without it.", cause);
        }
    }

    private static JsonTypeInfo<T> Type<T>() => (JsonTypeInfo<T>)Context.GetTypeInfo(typeof(T))!;
}

/// <summary>The types that stand in JSON files of a run folder.</summary>
[JsonSerializable(typeof(TrialManifest))]
[JsonSerializable(typeof(CheckpointState))]
[JsonSerializable(typeof(LeaseOwner))]
[JsonSerializable(typeof(SupportVectorFit))]
internal sealed partial class RecordJsonContext : JsonSerializerContext;
