using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Published;
using Sonde.Data.Shapeset;
using Sonde.Numerics.Summaries;

namespace Sonde.Tests.Data;

public sealed class InputRangeTests
{
    private static readonly ValueRange MinusOneToOne = new(-1, 1), ZeroToOne = new(0, 1);

    [Fact]
    public void Shapeset_HasTheRangeOfItsSetting()
    {
        Assert.Equal(MinusOneToOne, new ShapesetDataset().InputRange);
        Assert.Equal(ZeroToOne, new ShapesetDataset(range: PixelRange.ZeroToOne).InputRange);
    }

    [Fact]
    public void Mnist_HasTheRangeOfItsSetting()
    {
        Assert.Equal(ZeroToOne, new Mnist(SharedData.Mnist()).InputRange);
        Assert.Equal(MinusOneToOne, new Mnist(SharedData.Mnist(), PixelRange.MinusOneToOne).InputRange);
    }

    public static TheoryData<float[], float?> Values => new()
    {
        { [0, 0.5f, 1, 0.2f], 0 }, { [0, -0.1f, 1, 0.2f], -1 }, { [-1, 1, 0, 0], -1 }, { [0, 0.5f, 1.01f, 0], null }, { [-1.01f, 0, 0, 0], null },
        { [0, float.NaN, 0, 0], null },
    };

    [Theory, MemberData(nameof(Values))]
    public void Arrays_HaveTheNarrowestRangeThatHoldsTheTrainingPart(float[] values, float? lower)
    {
        var (train, other) = (LabelledExamples.FromFloats(values, new byte[2]), LabelledExamples.FromFloats(new float[] { 7, 7 }, new byte[1]));
        var data = new ArrayDataset("pairs", new(1, 1, 2), ["one"], train, other, other);
        Assert.Equal(lower is { } low ? new ValueRange(low, 1) : (ValueRange?)null, data.InputRange);
    }
}
