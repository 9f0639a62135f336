using Sonde.Kernels.Layers;
using Sonde.Kernels.Threads;

namespace Sonde.Tests.Kernels.Layers;

public sealed unsafe class PaddedLayerParametersTests
{
    [Theory, InlineData(100), InlineData(784), InlineData(1000), InlineData(33)]
    public void RowsOfTwoThreads_AreFarApart(int fanIn)
    {
        using var parameters = new PaddedLayerParameters(fanIn, 20, 16, memories: 1);
        var (first, end) = RowShare.Of(fanIn, 1, 2);
        Assert.Equal(first, parameters.Half);
        // Processors were seen to fetch some twenty rows past the last one.
        Assert.True(parameters.WeightsAt(first, 0) - parameters.WeightsAt(first - 1, 0) > 30 * parameters.Stride);
        Assert.True(parameters.MemoryAt(0, first, 0) - parameters.MemoryAt(0, first - 1, 0) > 30 * parameters.Stride);
        for (var row = 1; row < end; row++)
            if (row != first)
                Assert.Equal(parameters.Stride, parameters.WeightsAt(row, 0) - parameters.WeightsAt(row - 1, 0));
    }

    [Theory, InlineData(1), InlineData(16), InlineData(17), InlineData(100)]
    public void WhatIsLoaded_IsSavedAndWhereItIsSaid(int fanIn)
    {
        const int fanOut = 5;
        using var parameters = new PaddedLayerParameters(fanIn, fanOut, 16, memories: 2);
        float[] weights = Values(0), first = Values(1000), second = Values(2000), biases = [1, 2, 3, 4, 5];
        parameters.Load(weights, biases);
        parameters.LoadMemory(0, first, biases);
        parameters.LoadMemory(1, second, biases);
        float[] savedWeights = Values(9), savedFirst = Values(9), savedSecond = Values(9), savedBiases = [0, 0, 0, 0, 0];
        parameters.Save(savedWeights, savedBiases);
        Assert.Equal((weights, biases), (savedWeights, savedBiases), (x, y) => x.Item1.SequenceEqual(y.Item1) && x.Item2.SequenceEqual(y.Item2));
        parameters.SaveMemory(0, savedFirst, savedBiases);
        parameters.SaveMemory(1, savedSecond, savedBiases);
        Assert.Equal(first, savedFirst);
        Assert.Equal(second, savedSecond);
        for (var row = 0; row < fanIn; row++)
            for (var column = 0; column < fanOut; column++)
            {
                var at = row * fanOut + column;
                Assert.Equal((weights[at], first[at], second[at]),
                    (*parameters.WeightsAt(row, column), *parameters.MemoryAt(0, row, column), *parameters.MemoryAt(1, row, column)));
            }

        float[] Values(int from) => [.. Enumerable.Range(from, fanIn * fanOut).Select(k => (float)k)];
    }
}
