using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Sonde.Data.Arrays;

/// <summary>Finds examples of one part that are also in another, so that an error on them says nothing about new examples, and inputs that have two
/// labels, which no network can tell apart.</summary>
internal static class SharedExamples
{
    private static readonly string[] Parts = ["training", "validation", "test"];

    /// <summary>Compares the parts of a dataset, inputs and labels.</summary>
    /// <param name="parts">Training, validation and test examples.</param>
    /// <param name="labels">The class of each example of each part.</param>
    /// <param name="hasOwnValidation">True if validation examples come from a file of their own.</param>
    /// <param name="hasOwnTest">True if test examples come from a file of their own.</param>
    /// <returns>A sentence for each pair of parts that share examples, and one on inputs with two labels.</returns>
    /// <exception cref="DataException">A file is a copy of the training examples.</exception>
    public static IReadOnlyList<string> Compare(IReadOnlyList<RawExamples> parts, IReadOnlyList<byte[]> labels, bool hasOwnValidation, bool hasOwnTest)
    {
        bool[] hasOwn = [true, hasOwnValidation, hasOwnTest];
        List<(Int128 Inputs, byte Label)[]> digests = [.. parts.Zip(labels, Digests)];
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
        if (CountAmbiguous(digests) is > 0 and var ambiguous)
            sentences.Add($"{ambiguous:N0} {(ambiguous == 1 ? "example has" : "examples have")} the inputs of an example of another class, and no network "
                + "can tell them apart");
        return sentences;
    }

    // Each example counts whose inputs came before with another label.
    private static int CountAmbiguous(List<(Int128 Inputs, byte Label)[]> digests)
    {
        var first = new Dictionary<Int128, byte>();
        return digests.Sum(part => part.Count(example => !first.TryAdd(example.Inputs, example.Label) && first[example.Inputs] != example.Label));
    }

    private static (Int128 Inputs, byte Label)[] Digests(RawExamples examples, byte[] labels)
    {
        var (digests, hash) = (new (Int128, byte)[examples.Count], new byte[SHA256.HashSizeInBytes]);
        for (var example = 0; example < examples.Count; example++)
        {
            SHA256.HashData(examples.BytesOf(example), hash);
            digests[example] = (BinaryPrimitives.ReadInt128LittleEndian(hash), labels[example]);
        }
        return digests;
    }
}
