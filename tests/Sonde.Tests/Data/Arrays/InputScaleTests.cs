using CsCheck;
using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data.Arrays;

public sealed class InputScaleTests
{
    private static RawExamples Of(float[] floats, int inputs, byte[]? greys = null) =>
        new("x", "x", null, null, inputs, greys, greys is null ? floats : null, new int[floats.Length / inputs], ["a"]);

    [Fact]
    public void Standardized_HasMean0AndSd1EachOrTogether() => Gen.Float[-1000, 1000].Array[12, 60].Sample(values =>
    {
        var floats = values[..(values.Length / 3 * 3)];
        var train = Of(floats, 3);
        foreach (var isImage in (bool[])[true, false])
        {
            var scaled = Read(InputScale.FromTraining(train, InputScaling.Standardize, isImage).Apply(train, new byte[train.Count]));
            for (var group = 0; group < (isImage ? 1 : 3); group++)
            {
                var members = scaled.Where((_, i) => isImage || i % 3 == group).Select(v => (double)v).ToList();
                Tolerances.AssertClose(0, members.Average(), Tolerances.SinglePrecisionNetwork);
                Tolerances.AssertClose(1, Math.Sqrt(members.Average(v => v * v)), Tolerances.SinglePrecisionNetwork);
            }
        }
    }, iter: 100);

    [Theory]
    [InlineData(InputScaling.ZeroToOne, 0, 0.25, 1, 0)]
    [InlineData(InputScaling.MinusOneToOne, -1, -0.5, 1, -1)]
    public void Range_GoesFromSmallestToLargestOfEachFeature(InputScaling scaling, float low, float quarter, float high, float constant)
    {
        var train = Of([10, 5, 20, 5, 50, 5], 2);
        var scale = InputScale.FromTraining(train, scaling, isImage: false);
        Assert.Equal([low, constant, quarter, constant, high, constant], Read(scale.Apply(train, new byte[3])));
        Assert.EndsWith("by the training part, each feature by its own smallest and largest value (1 that never changes)", scale.Account);
    }

    [Fact]
    public void ScaleOfTheTrainingPart_HoldsForTheOthers()
    {
        var scale = InputScale.FromTraining(Of([0, 10], 1), InputScaling.ZeroToOne, isImage: false);
        Assert.Equal([2f, -1f], Read(scale.Apply(Of([20, -10], 1), new byte[2])));
    }

    [Fact]
    public void GreyImages_KeepTheirBytesAndTheirWholeRange()
    {
        byte[] greys = [0, 51, 204, 255];
        var train = Of([0, 0, 0, 0], 2, greys);
        Assert.Equal([0f, 0.2f, 0.8f, 1f], Read(InputScale.FromTraining(train, InputScaling.ZeroToOne, isImage: true).Apply(train, new byte[2])));
        Assert.Equal([-1f, -0.6f, 0.6f, 1f], Read(InputScale.FromTraining(train, InputScaling.MinusOneToOne, isImage: true).Apply(train, new byte[2])));
        Assert.Equal([0f, 51f, 204f, 255f], Read(InputScale.FromTraining(train, InputScaling.None, isImage: true).Apply(train, new byte[2])));
        // Bytes that are features have a scale each.
        Assert.Equal([0f, 0f, 1f, 1f], Read(InputScale.FromTraining(train, InputScaling.ZeroToOne, isImage: false).Apply(train, new byte[2])));
    }

    [Fact]
    public void ConstantValues_BecomeZeroWhenStandardized()
    {
        var train = Of([0.1f, 1, 0.1f, 2, 0.1f, 3], 2);
        var scale = InputScale.FromTraining(train, InputScaling.Standardize, isImage: false);
        Assert.Equal([0, 0, 0], Read(scale.Apply(train, new byte[3])).Where((_, i) => i % 2 == 0));
        Assert.Equal("features standardized by the training part, each feature by its own mean and sd (1 that never changes)", scale.Account);
    }

    private static float[] Read(LabelledExamples examples)
    {
        var all = new float[examples.Count * examples.Inputs];
        for (var example = 0; example < examples.Count; example++)
            examples.Copy(example, all.AsSpan(example * examples.Inputs, examples.Inputs));
        return all;
    }
}
