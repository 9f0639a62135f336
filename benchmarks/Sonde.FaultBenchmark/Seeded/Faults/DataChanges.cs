using Sonde.Numerics.Random;

namespace Sonde.FaultBenchmark.Seeded.Faults;

/// <summary>Changes of examples.</summary>
internal static class DataChanges
{
    public static Examples Noise(Examples examples, double sd, ulong seed)
    {
        var random = new RandomKey(seed, "benchmark/noise").Stream();
        return examples with { Inputs = examples.Inputs.Map((_, _) => (float)(sd * random.NextGaussian())) };
    }

    /// <summary>A share of the examples exchange their targets among each other.</summary>
    public static Examples Shuffled(Examples examples, double share, ulong seed)
    {
        var random = new RandomKey(seed, "benchmark/shuffled").Stream();
        var rows = Enumerable.Range(0, examples.Count).ToArray();
        int[] some = [.. rows.Where(_ => random.NextDouble() < share)];
        for (var k = some.Length - 1; k > 0; k--)
        {
            var other = random.NextInt32(k + 1);
            (rows[some[k]], rows[some[other]]) = (rows[some[other]], rows[some[k]]);
        }
        return examples with { Targets = examples.Targets.Select(rows) };
    }

    public static Examples Keep(Examples examples, Func<float, float, bool> keeps) => examples.Select([.. Enumerable.Range(0, examples.Count)
        .Where(n => keeps(examples.Inputs.Values[n * examples.Inputs.Columns], examples.Targets.Values[n * examples.Targets.Columns]))]);

    /// <summary>All examples of the first class, and so few of the others that the first has this share.</summary>
    public static Examples Imbalanced(Examples examples, double share)
    {
        var first = examples.Targets.Values.Count(label => label == 0);
        var others = (int)Math.Max(2, Math.Round(first * (1 - share) / share));
        return examples.Select([.. Enumerable.Range(0, examples.Count).Where(n => examples.Targets.Values[n] == 0 || others-- > 0)]);
    }
}
