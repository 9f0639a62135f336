using Sonde.Numerics.Random;

namespace Sonde.Data.Arrays;

/// <summary>Cuts examples into parts of given sizes in which every class has the share it has in the whole; among classes of like size, to within one
/// example.</summary>
public static class StratifiedSplit
{
    /// <summary>The indices of the examples of each part, each part in the order of the whole.</summary>
    /// <param name="labels">The class of each example.</param>
    /// <param name="sizes">The sizes of the parts that are set aside; the rest is the last part.</param>
    /// <param name="key">What decides which example goes where.</param>
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

    /// <summary>Every class shuffled by itself, then all classes laid into one another evenly: any stretch of it is a fair sample.</summary>
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
