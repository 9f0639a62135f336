using Sonde.Numerics.Lanes;

namespace Sonde.Probes.Neighbours;

/// <summary>Products of examples with each other, after each input was given a mean of 0 and an sd of 1: how near they are.</summary>
internal static class ExampleProducts
{
    /// <summary>Returns the products.</summary>
    /// <param name="inputs">[examples, columns], row major, finite.</param>
    /// <param name="examples">Rows.</param>
    /// <param name="columns">Values per example.</param>
    /// <returns>[examples, examples], symmetric.</returns>
    public static double[] Of(float[] inputs, int examples, int columns)
    {
        var values = Standardized(inputs, columns);
        var found = new double[examples * examples];
        Span<double> sums = stackalloc double[4];
        ReadOnlySpan<float> Row(int n) => values.AsSpan(Math.Min(n, examples - 1) * columns, columns);
        for (var n = 0; n < examples; n += 2)
            for (var m = 0; m <= n; m += 2)
            {
                WideSums.Dot(Row(n), Row(n + 1), Row(m), Row(m + 1), sums);
                for (var k = 0; k < 4; k++)
                    if (n + k / 2 is var i && m + k % 2 is var j && i < examples && j < examples)
                        found[i * examples + j] = found[j * examples + i] = sums[k];
            }
        return found;
    }

    private static float[] Standardized(float[] inputs, int columns)
    {
        var moments = new ColumnMoments(columns, inputs);
        var values = new float[inputs.Length];
        for (var k = 0; k < values.Length; k++)
            values[k] = moments.Sds[k % columns] is > 0 and var sd ? (float)((inputs[k] - moments.Means[k % columns]) / sd) : 0;
        return values;
    }
}
