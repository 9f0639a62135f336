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

    private static VectorLayer<Lanes4, Tanh, Sgd> Layer(int inputs, int units, out float[] weights, out float[] biases)
    {
        using PaddedMatrix w = Random(units, 1, inputs), b = Random(units, 6, 1);
        (weights, biases) = (new float[inputs * units], new float[units]);
        w.CopyTo(weights);
        b.CopyTo(biases);
        var layer = new VectorLayer<Lanes4, Tanh, Sgd>(inputs, units, Examples);
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
