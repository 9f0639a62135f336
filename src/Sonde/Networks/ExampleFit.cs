using Sonde.Data;

namespace Sonde.Networks;

/// <summary>Scales the weights of layers to the examples that they will see: the second half of initializers such as <c>lsuv</c>.</summary>
internal static class ExampleFit
{
    /// <summary>How many examples are passed through the network: the first ones that it will train on, or all if there are fewer.</summary>
    public const int Examples = 128;

    /// <summary>Multiplies the weights of each layer whose rule asks for it by one factor, in place, so that <c>z W</c> has variance 1 over all units and
    /// examples. A layer without any spread stays as it is.</summary>
    /// <param name="network">The network.</param>
    /// <param name="parameters">Its parameters, as drawn.</param>
    /// <param name="data">The examples.</param>
    /// <param name="seed">The trial's seed, which decides their order.</param>
    /// <remarks>One pass is enough, because <c>z W</c> is linear in W. In double precision and in one order, so that the weights are the same bits for any
    /// kernels and threads.</remarks>
    public static void Apply(Network network, Parameters parameters, Dataset data, ulong seed)
    {
        var last = Enumerable.Range(1, network.Layers).LastOrDefault(layer => network.InitializerOf(layer).FitsExamples);
        if (last == 0)
            return;
        var (inputs, labels) = data.OpenFirst(Examples, Split.Train, seed).Read();
        var z = Array.ConvertAll(inputs, value => (double)value);
        for (var layer = 1; layer <= last; layer++)
        {
            var (fanIn, fanOut, weights, biases) = parameters.Layers[layer - 1];
            var s = new double[labels.Length * fanOut];
            for (var n = 0; n < labels.Length; n++)
                AddProduct(z.AsSpan(n * fanIn, fanIn), weights, s.AsSpan(n * fanOut, fanOut));
            if (network.InitializerOf(layer).FitsExamples && Sd(s) is > 0 and < double.PositiveInfinity and var sd)
            {
                foreach (ref var weight in weights.AsSpan())
                    weight = (float)(weight / sd);
                foreach (ref var value in s.AsSpan())
                    value /= sd;
            }
            var activation = network.ActivationOf(layer);
            for (var k = 0; k < s.Length; k++)
                s[k] = activation.Value(s[k] + biases[k % fanOut]);
            z = s;
        }
    }

    private static void AddProduct(ReadOnlySpan<double> z, ReadOnlySpan<float> weights, Span<double> s)
    {
        for (var l = 0; l < z.Length; l++)
        {
            var value = z[l];
            var row = weights.Slice(l * s.Length, s.Length);
            for (var k = 0; k < s.Length; k++)
                s[k] += value * row[k];
        }
    }

    private static double Sd(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }
}
