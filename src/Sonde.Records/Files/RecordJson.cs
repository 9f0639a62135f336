using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Sonde.Records.Files;

/// <summary>JSON files of a run folder: camelCase, NaN and infinities as the strings <c>"NaN"</c>, <c>"Infinity"</c>, <c>"-Infinity"</c>, and as last
/// property <c>digest</c>: the SHA-256 of the file without the 64 characters of the digest.</summary>
/// <remarks>Each folder of this project has the serializer context of its own types, built with <see cref="NewOptions"/>.</remarks>
internal static class RecordJson
{
    private const string EmptyDigest = "\"digest\": \"\"";
    private const int DigestLength = 64;

    /// <summary>The form of all these files, for one serializer context: options belong to the first context that takes them.</summary>
    public static JsonSerializerOptions NewOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        WriteIndented = true,
        NewLine = "\n",
        // These files are read by people and programs, never pasted into a page: quotes and accents stay as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the whole file, digest included.</summary>
    public static byte[] ToBytes<T>(T value, JsonTypeInfo<T> type)
    {
        var node = JsonSerializer.SerializeToNode(value, type)!.AsObject();
        node["digest"] = "";
        var text = node.ToJsonString(type.Options) + "\n";
        var digest = DurableFile.Digest(Encoding.UTF8.GetBytes(text));
        var at = text.LastIndexOf(EmptyDigest, StringComparison.Ordinal) + EmptyDigest.Length - 1;
        return Encoding.UTF8.GetBytes(text.Insert(at, digest));
    }

    /// <summary>Reads a file and checks its digest.</summary>
    /// <exception cref="RecordException">The content is not what <see cref="ToBytes"/> wrote.</exception>
    public static T FromBytes<T>(byte[] content, string path, JsonTypeInfo<T> type)
    {
        try
        {
            // Nearly every file ends as it was written. A folder may have ten thousand of them, and to build a tree of each takes three times as long.
            if (HasOwnDigest(content) && JsonSerializer.Deserialize(content, type) is { } whole)
                return whole;
            var text = Encoding.UTF8.GetString(content);
            var digest = JsonNode.Parse(text)?["digest"]?.GetValue<string>() ?? throw new JsonException("there is no digest");
            var at = text.LastIndexOf(digest, StringComparison.Ordinal);
            if (digest.Length != DigestLength || DurableFile.Digest(Encoding.UTF8.GetBytes(text.Remove(at, DigestLength))) != digest)
                throw new JsonException($"its digest {digest} is not that of its content");
            return JsonSerializer.Deserialize(text, type) ?? throw new JsonException("it holds null");
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException or ArgumentException)
        {
            // The parser's own words are about tokens and byte positions, which help nobody who looks for the file that was damaged.
            var reason = cause is JsonException { LineNumber: { } line } ? $"line {line + 1} cannot be read" : cause.Message;
            var found = content.Length == 0 ? "an empty file" : $"{content.Length} bytes that are not ({reason})";
            throw new RecordException($"{path}: expected the JSON that Sonde wrote, with its digest, found {found}. "
                + "Restore the file from a copy, or run the study again: it sets the file aside and continues without it.", cause);
        }
    }

    /// <summary>Returns true if a file ends with a digest in the form that <see cref="ToBytes"/> writes, and it is that of the other bytes.</summary>
    private static bool HasOwnDigest(ReadOnlySpan<byte> content)
    {
        var end = "\"\n}\n"u8;
        var begin = "\"digest\": \""u8;
        var at = content.Length - end.Length - DigestLength;
        if (at < begin.Length || !content.EndsWith(end) || !content[..at].EndsWith(begin))
            return false;
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        digest.AppendData(content[..at]);
        digest.AppendData(content[(at + DigestLength)..]);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(digest.GetHashAndReset())).AsSpan().SequenceEqual(content.Slice(at, DigestLength));
    }
}
