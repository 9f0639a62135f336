using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Networks.Activations;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Random;
using Sonde.Optimizers;

namespace Sonde.Tests.Kernels.Layers;

/// <summary>The passes of a layer that can be called one by one, for matrices that are not its own.</summary>
public sealed class VectorLayerTests
{
    private const int Examples = 3;

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void PropagateAnyMatrix_IsItTimesTheTransposedWeights(int parts)
    {
        var (inputs, units) = (37, 21);
        using var layer = Layer(inputs, units, out var weights, out _);
        using PaddedMatrix given = Random(units, 2), result = Random(inputs, 3);
        for (var b = 0; b < Examples; b++)
            given.Padding(b).Fill(7);
        for (var part = 0; part < parts; part++)
            layer.Propagate(given, result, Examples, part, parts);
        for (var b = 0; b < Examples; b++)
            for (var i = 0; i < inputs; i++)
            {
                double expected = 0;
                for (var j = 0; j < units; j++)
                    expected += (double)given.Row(b)[j] * weights[i * units + j];
                Assert.Equal(expected, result.Row(b)[i], 1e-5 * units);
            }
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3)]
    public void UpdateWeightsAlone_MovesThemAlongAnyProductAndLeavesTheBiases(int parts)
    {
        var (inputs, units) = (37, 21);
        using var layer = Layer(inputs, units, out var weights, out var biases);
        using PaddedMatrix left = Random(inputs, 4), right = Random(units, 5);
        for (var part = 0; part < parts; part++)
            layer.UpdateWeights(left, right, null, Examples, new(0.5f), part, parts);
        var (moved, still) = (new float[inputs * units], new float[units]);
        layer.Parameters.Save(moved, still);
        Assert.Equal(biases, still);
        for (var k = 0; k < moved.Length; k++)
        {
            double product = 0;
            for (var b = 0; b < Examples; b++)
                product += (double)left.Row(b)[k / units] * right.Row(b)[k % units];
            Assert.Equal(weights[k] - 0.5 * product, moved[k], 1e-5);
        }
    }

    // 270 are more than two shares of what is handled at once.
    [Theory, InlineData(1, 270), InlineData(3, 270), InlineData(2, 131)]
    public void ManyExamples_GiveEachTheBitsThatItHasAlone(int parts, int examples)
    {
        var (inputs, units) = (37, 141);
        using var layer = Layer(inputs, units, out _, out _, examples);
        using PaddedMatrix z = Random(inputs, 2, examples), gradient = Random(units, 3, examples), below = Random(inputs, 4, examples);
        using PaddedMatrix one = Random(inputs, 2, 1), oneGradient = Random(units, 3, 1), oneBelow = Random(inputs, 4, 1);
        using var sums = new RangeSums<Lanes4>(examples, units, 8);
        var parameters = (Weights: new float[inputs * units], Biases: new float[units]);
        layer.Parameters.Save(parameters.Weights, parameters.Biases);
        Pass(z, gradient, below, examples);
        var s = new float[examples * units];
        layer.Preactivation.CopyTo(s);
        foreach (var n in new[] { 0, examples / 2, examples - 1 })
        {
            z.Row(n).CopyTo(one.Row(0));
            gradient.Row(n).CopyTo(oneGradient.Row(0));
            layer.Parameters.Load(parameters.Weights, parameters.Biases);
            Pass(one, oneGradient, oneBelow, 1);
            Assert.Equal(s.AsSpan(n * units, units), layer.Preactivation.Row(0));
            Assert.Equal(below.Row(n), oneBelow.Row(0));
        }

        void Pass(PaddedMatrix input, PaddedMatrix given, PaddedMatrix result, int count)
        {
            for (var part = 0; part < parts; part++)
                layer.Sum(input, count, sums, part, parts);
            for (var part = 0; part < parts; part++)
                layer.Activate(count, sums, part, parts);
            for (var part = 0; part < parts; part++)
                layer.UpdateWeights(input, given, result, count, new(0.5f), part, parts);
        }
    }

    private static VectorLayer<Lanes4, Tanh, Sgd> Layer(int inputs, int units, out float[] weights, out float[] biases, int examples = Examples)
    {
        using PaddedMatrix w = Random(units, 1, inputs), b = Random(units, 6, 1);
        (weights, biases) = (new float[inputs * units], new float[units]);
        w.CopyTo(weights);
        b.CopyTo(biases);
        var layer = new VectorLayer<Lanes4, Tanh, Sgd>(inputs, units, examples);
        layer.Parameters.Load(weights, biases);
        return layer;
    }

    private static PaddedMatrix Random(int columns, ulong seed, int rows = Examples)
    {
        var random = new RandomKey(seed, "layer").Stream(0);
        var matrix = new PaddedMatrix(rows, columns, VectorLayer<Lanes4, Tanh, Sgd>.ColumnBlock);
        for (var row = 0; row < rows; row++)
            foreach (ref var value in matrix.Row(row))
                value = (float)random.NextGaussian();
        return matrix;
    }
}
