using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Sonde.Data.Arrays;

/// <summary>Finds examples of one part that are also in another, so that an error on them says nothing about new examples.</summary>
internal static class SharedExamples
{
    private static readonly string[] Parts = ["training", "validation", "test"];

    /// <summary>Compares the parts of a dataset, inputs and labels.</summary>
    /// <param name="parts">Training, validation and test examples.</param>
    /// <param name="labels">The class of each example of each part.</param>
    /// <param name="hasOwnValidation">True if validation examples come from a file of their own.</param>
    /// <param name="hasOwnTest">True if test examples come from a file of their own.</param>
    /// <returns>A sentence for each pair of parts that share examples.</returns>
    /// <exception cref="DataException">A file is a copy of the training examples.</exception>
    public static IReadOnlyList<string> Compare(IReadOnlyList<RawExamples> parts, IReadOnlyList<byte[]> labels, bool hasOwnValidation, bool hasOwnTest)
    {
        bool[] hasOwn = [true, hasOwnValidation, hasOwnTest];
        List<Int128[]> digests = [.. parts.Zip(labels, Digests)];
        var sentences = new List<string>();
        foreach (var (one, other) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            var known = digests[one].ToHashSet();
            var shared = digests[other].Count(known.Contains);
            if (shared == 0)
                continue;
            if (one == 0 && shared > 1 && shared == parts[other].Count && parts[one].Count == parts[other].Count && hasOwn[other])
                throw new DataException(parts[other].Path, $"other examples than the {Parts[one]} examples of {parts[one].Path}", "the same ones",
                    "Use examples that are in no other part, or remove the file and set some aside.");
            sentences.Add($"{shared:N0} of {parts[other].Count:N0} {Parts[other]} examples are also {Parts[one]} examples");
        }
        return sentences;
    }

    private static Int128[] Digests(RawExamples examples, byte[] labels)
    {
        if (examples.Count == 0)
            return [];
        var bytes = examples.Greys is { } greys ? greys : MemoryMarshal.AsBytes(examples.Floats.AsSpan());
        var size = bytes.Length / examples.Count;
        var (digests, content, hash) = (new Int128[examples.Count], new byte[size + 1], new byte[SHA256.HashSizeInBytes]);
        for (var example = 0; example < examples.Count; example++)
        {
            bytes.Slice(example * size, size).CopyTo(content);
            content[size] = labels[example];
            SHA256.HashData(content, hash);
            digests[example] = BinaryPrimitives.ReadInt128LittleEndian(hash);
        }
        return digests;
    }
}
