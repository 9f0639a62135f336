using Sonde.Numerics.Random;

namespace Sonde.Data.Arrays;

/// <summary>Cuts examples into parts of given sizes, in which every class has the same share as in the whole; for classes of similar size, to within
/// one example.</summary>
internal static class StratifiedSplit
{
    /// <summary>Returns the indices of the examples of each part, in ascending order.</summary>
    /// <param name="labels">The class of each example.</param>
    /// <param name="sizes">The sizes of the parts that are set aside; the rest is the last part.</param>
    /// <param name="key">Decides which example goes into which part.</param>
    public static IReadOnlyList<int[]> Cut(IReadOnlyList<int> labels, IReadOnlyList<int> sizes, RandomKey key)
    {
        var order = Order(labels, key);
        var parts = new List<int[]>();
        var first = 0;
        foreach (var size in sizes.Append(order.Length - sizes.Sum()))
        {
            parts.Add([.. order.AsSpan(first, size)]);
            Array.Sort(parts[^1]);
            first += size;
        }
        return parts;
    }

    /// <summary>Shuffles every class by itself, then merges the classes evenly, so that any stretch of the order is a fair sample.</summary>
    private static int[] Order(IReadOnlyList<int> labels, RandomKey key)
    {
        var random = key.Stream();
        var drawn = Enumerable.Range(0, labels.Count).Select(example => (Example: example, Draw: random.NextDouble())).ToList();
        var places = drawn.GroupBy(d => labels[d.Example]).SelectMany(members =>
        {
            var shuffled = members.OrderBy(d => d.Draw).ToList();
            return shuffled.Select((d, rank) => (d.Example, Place: (rank + 0.5) / shuffled.Count, d.Draw));
        });
        return [.. places.OrderBy(p => p.Place).ThenBy(p => p.Draw).ThenBy(p => p.Example).Select(p => p.Example)];
    }
}
