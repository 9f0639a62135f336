using System.Runtime.InteropServices;

namespace Sonde.Probes.Neighbours;

/// <summary>Finds examples whose inputs are those of another example, to the bit.</summary>
internal static class RepeatedExamples
{
    /// <summary>For each example: 1 if an earlier one has the same inputs, else 0.</summary>
    /// <param name="inputs">[examples, columns], row major.</param>
    /// <param name="columns">Values per example.</param>
    public static float[] Within(float[] inputs, int columns)
    {
        var seen = new HashSet<ReadOnlyMemory<float>>(SameInputs.Comparer);
        return [.. Rows(inputs, columns).Select(row => seen.Add(row) ? 0f : 1)];
    }

    /// <summary>For each example of one part: 1 if some example of the other part has the same inputs, else 0.</summary>
    /// <param name="inputs">[examples, columns], row major.</param>
    /// <param name="others">[other examples, columns], row major.</param>
    /// <param name="columns">Values per example.</param>
    public static float[] Of(float[] inputs, float[] others, int columns)
    {
        var known = Rows(others, columns).ToHashSet(SameInputs.Comparer);
        return [.. Rows(inputs, columns).Select(row => known.Contains(row) ? 1f : 0)];
    }

    private static IEnumerable<ReadOnlyMemory<float>> Rows(float[] inputs, int columns) =>
        Enumerable.Range(0, inputs.Length / columns).Select(n => new ReadOnlyMemory<float>(inputs, n * columns, columns));

    private sealed class SameInputs : IEqualityComparer<ReadOnlyMemory<float>>
    {
        public static SameInputs Comparer { get; } = new();

        public bool Equals(ReadOnlyMemory<float> one, ReadOnlyMemory<float> other) => one.Span.SequenceEqual(other.Span);

        public int GetHashCode(ReadOnlyMemory<float> row)
        {
            var hash = new HashCode();
            hash.AddBytes(MemoryMarshal.AsBytes(row.Span));
            return hash.ToHashCode();
        }
    }
}
