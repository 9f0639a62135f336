using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data.Arrays;

/// <summary>A dataset of a program's own arrays: cut, scaled and checked.</summary>
public sealed class FromArraysTests
{
    [Fact]
    public void Arrays_AreCutByClassAndScaledByTheTrainingPart()
    {
        float[] inputs = [.. Enumerable.Range(0, 200).SelectMany(k => new float[] { k, 1000 - k })];
        int[] labels = [.. Enumerable.Range(0, 200).Select(k => k % 4 == 0 ? 0 : 1)];
        var data = ArrayDataset.FromArrays("own", inputs, labels, ["few", "many"]);
        inputs[0] = float.NaN;
        Assert.Equal((160L, 20L, 20L), (Count(data, Split.Train), Count(data, Split.Validation), Count(data, Split.Test)));
        Assert.Equal(["few", "many"], data.Classes);
        Assert.Equal(new ImageShape(1, 1, 2), data.Shape);
        Assert.Equal(75, 100 * data.GetClassShares(Split.Test).Shares[1], 1e-9);
        var (train, _) = data.Open(Split.Train, 1).Read(0, 160);
        Assert.Equal(0, train.Average(), 1e-5);
        Assert.Equal(1, train.Average(value => value * value), 1e-5);
        Assert.Equal(data.Digest, ArrayDataset.FromArrays("own", [0, .. inputs[1..]], labels, ["few", "many"]).Digest);
        Assert.NotEqual(data.Digest, ArrayDataset.FromArrays("own", [0, .. inputs[1..]], labels, ["few", "many"], seed: 2).Digest);
    }

    [Fact]
    public void Images_ShareOneScale()
    {
        var data = ArrayDataset.FromArrays("own", [.. Enumerable.Range(0, 120).Select(k => (float)k)], [.. Enumerable.Range(0, 30).Select(k => k % 3)],
            shape: new(1, 2, 2), scale: InputScaling.ZeroToOne);
        Assert.Equal(["0", "1", "2"], data.Classes);
        Assert.Equal(PixelRange.ZeroToOne, data.Pixels);
    }

    [Theory]
    [InlineData(7, "own: expected at least one example, and as many values for every label, found 7 values and 3 labels. Pass whole examples, row after row.")]
    [InlineData(0, "own: expected at least one example, and as many values for every label, found 0 values and 3 labels. Pass whole examples, row after row.")]
    public void ValuesThatAreNoWholeExamples_AreRefused(int values, string message) => AssertRefused(message, new float[values], [0, 1, 0]);

    [Fact]
    public void WhatDoesNotFit_IsRefusedWithBothSides()
    {
        AssertRefused("own: expected labels 0..255, found label -1 at example 1. Correct the label or name the class.", new float[3], [0, -1, 0]);
        AssertRefused("own: expected labels 0..255, found label 256 at example 2. Correct the label or name the class.", new float[3], [0, 1, 256]);
        AssertRefused("own: expected finite inputs, found NaN in example 1, value 1, counted from 0. Correct it, or leave the example out.",
            [0, 0, 0, float.NaN, 0, 0], [0, 1, 0]);
        AssertRefused("own: expected three examples or more, one for each part, found 2. Pass more examples.", new float[2], [0, 1]);
        Assert.StartsWith("Expected a share above 0 and below 0.5", Assert.Throws<ArgumentOutOfRangeException>(
            () => ArrayDataset.FromArrays("own", new float[9], [0, 1, 0], setAside: 0.5)).Message, StringComparison.Ordinal);
        Assert.StartsWith("own: expected labels 0..1, found label 2", Assert.Throws<DataException>(
            () => ArrayDataset.FromArrays("own", new float[3], [0, 1, 2], ["a", "b"])).Message, StringComparison.Ordinal);
        Assert.StartsWith("own: expected examples of 2x2 = 4 values, found 3 values.", Assert.Throws<DataException>(
            () => ArrayDataset.FromArrays("own", new float[9], [0, 1, 0], shape: new(1, 2, 2))).Message, StringComparison.Ordinal);
    }

    private static void AssertRefused(string message, float[] inputs, int[] labels) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => ArrayDataset.FromArrays("own", inputs, labels)).Message);

    private static long Count(Dataset data, Split split) => data.Open(split, 1).Count!.Value;
}
