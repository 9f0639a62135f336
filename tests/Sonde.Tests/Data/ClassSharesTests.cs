using Sonde.Data;
using Sonde.Data.Arrays;
using Sonde.Data.Shapeset;
using Sonde.Tests.Extending;

namespace Sonde.Tests.Data;

public sealed class ClassSharesTests
{
    [Fact]
    public void Labels_GiveSharesAndTheErrorOfTheCommonestClass()
    {
        var shares = ClassShares.FromLabels(3, [0, 2, 2, 2, 1]);
        Assert.Equal([0.2, 0.2, 0.6], shares.Shares);
        Assert.Equal(2, shares.Commonest);
        Assert.Equal(40, shares.ChanceError, 1e-12);
    }

    [Fact]
    public void EquallyCommonClasses_GiveTheFirst() => Assert.Equal(0, ClassShares.FromWeights(1, 1).Commonest);

    [Fact]
    public void NoLabels_AreRefused() => Assert.StartsWith("Expected weights of 0 or more with a positive sum, got 0, 0.",
        Assert.Throws<ArgumentException>(() => ClassShares.FromLabels(2, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void ALabelThatIsNoClass_IsRefused() => Assert.StartsWith("Expected labels 0..1, got 2.",
        Assert.Throws<ArgumentOutOfRangeException>(() => ClassShares.FromLabels(2, [0, 2])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-1)]
    [InlineData(double.PositiveInfinity)]
    public void AWeightThatIsNoWeight_IsRefused(double weight) => Assert.Throws<ArgumentException>(() => ClassShares.FromWeights(1, weight));

    [Theory]
    [InlineData(null, 100 * 5 / 6.0)]
    [InlineData(1, 100 * 2 / 3.0)]
    [InlineData(2, 100 * 7 / 9.0)]
    public void Shapeset_KnowsItsShares(int? objects, double chanceError)
    {
        var data = new ShapesetDataset(16, objects: objects);
        Assert.Equal(chanceError, data.ChanceError, 1e-9);
        var counted = ClassShares.FromLabels(data.Classes.Count, data.ReadFirst(4000, Split.Test, 1).Labels);
        Assert.All(data.GetClassShares(Split.Test).Shares.Zip(counted.Shares), pair => Assert.Equal(pair.First, pair.Second, 0.03));
    }

    [Fact]
    public void AFiniteShapeset_CountsItsTrainingExamples()
    {
        var data = new ShapesetDataset(16, examples: 50);
        Assert.Equal(ClassShares.FromLabels(9, new ShapesetDataset(16).ReadFirst(50, Split.Train, 1).Labels).Shares,
            data.GetClassShares(Split.Train).Shares);
        Assert.Equal(100 * 5 / 6.0, data.ChanceError, 1e-9);
    }

    [Fact]
    public void ArraysCountTheLabelsOfEachPart()
    {
        var data = Arrays([0, 1, 1, 1], [0, 1], [0, 0, 0, 0, 1]);
        Assert.Equal([0.25, 0.75], data.GetClassShares(Split.Train).Shares);
        Assert.Equal([0.5, 0.5], data.GetClassShares(Split.Validation).Shares);
        Assert.Equal(20, data.ChanceError, 1e-9);
        Assert.Equal(data.GetClassShares(Split.Test).Shares, data.GetClassShares(Split.Probe).Shares);
    }

    [Fact]
    public void AnEndlessStreamOfOnesOwn_IsCounted() => Assert.InRange(new TwoMoons().ChanceError, 48, 50);

    [Fact]
    public void TheFirstExamples_AreAsManyAsThereAre()
    {
        var data = Arrays([0, 1, 1, 1], [0, 1], [0, 0, 0, 0, 1]);
        Assert.Equal(5, data.OpenFirst(7, Split.Test, 1).Length);
        Assert.Equal([0, 0, 0, 0, 1], data.OpenFirst(7, Split.Test, 1).Read().Labels);
        Assert.Equal([0, 0, 0], data.OpenFirst(3, Split.Test, 1).Read().Labels);
        Assert.Equal([2, 2, 1], data.OpenFirst(5, Split.Test, 1).ReadChunks(2).Select(chunk => chunk.Labels.Length));
        Assert.Equal("own, test: expected a count of at most 5, found 7. Ask for fewer.",
            Assert.Throws<DataException>(() => data.ReadFirst(7, Split.Test, 1)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => data.OpenFirst(0, Split.Test, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => data.OpenFirst(3, Split.Test, 1).Read(2, 2));
    }

    private static ArrayDataset Arrays(byte[] train, byte[] validation, byte[] test) => new(
        "own", new(1, 1, 1), ["a", "b"], Examples(train), Examples(validation), Examples(test));

    private static LabelledExamples Examples(byte[] labels) => LabelledExamples.FromFloats(new float[labels.Length], labels);
}
