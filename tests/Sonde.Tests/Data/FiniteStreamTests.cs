using Sonde.Data;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data;

public sealed class FiniteStreamTests
{
    // Example i is (i, i + 0.5) with label i.
    private static readonly LabelledExamples Seven =
        LabelledExamples.FromFloats(Enumerable.Range(0, 14).Select(i => i / 2 + i % 2 * 0.5f).ToArray(), Enumerable.Range(0, 7).Select(i => (byte)i).ToArray());

    [Fact]
    public void EachPass_IsAPermutationOfItsOwn()
    {
        var labels = Labels(FiniteStream.Passes(Seven, new(1, "test")), 0, 70);
        var passes = labels.Chunk(7).ToList();
        Assert.All(passes, pass => Assert.Equal(Enumerable.Range(0, 7), pass.Order()));
        Assert.True(passes.Select(pass => string.Join(' ', pass)).Distinct().Count() > 8);
    }

    [Fact]
    public void AnyReadingOrder_GivesTheSameExamples()
    {
        var all = Labels(FiniteStream.Passes(Seven, new(1, "test")), 0, 70);
        var stream = FiniteStream.Passes(Seven, new(1, "test"));
        foreach (var (first, count) in new[] { (60, 10), (5, 20), (0, 1), (33, 4), (34, 30) })
            Assert.Equal(all[first..(first + count)], Labels(stream, first, count));
    }

    [Fact]
    public void ARangeOfAnExample_IsThatPartOfIt()
    {
        foreach (var examples in new[]
        {
            LabelledExamples.FromFloats(Values(90), Labels(9)), LabelledExamples.FromGreys(Bytes(90), Labels(9), PixelRange.MinusOneToOne),
            LabelledExamples.FromRows(Bytes(90), 10, [8, 0, 3], Labels(3), Values(256)),
        })
        {
            var stream = FiniteStream.Passes(examples, new(1, "test"));
            for (var example = 0; example < 25; example++)
                foreach (var (first, count) in new[] { (0, 10), (3, 4), (9, 1), (4, 0) })
                {
                    var (all, label) = stream.Read(example, 1);
                    var some = new float[count];
                    stream.Fetch(example, first, count);
                    Assert.Equal(label[0], stream.ReadRange(example, first, some));
                    Assert.Equal(all[first..(first + count)], some);
                }
        }
        Assert.Contains("Expected examples within 0..6, got 7..7",
            Assert.Throws<ArgumentOutOfRangeException>(() => FiniteStream.InOrder(Seven).ReadRange(7, 0, new float[1])).Message);

        static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(i => 0.25f * i)];
        static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)(255 - i))];
        static byte[] Labels(int count) => [.. Enumerable.Range(0, count).Select(i => (byte)i)];
    }

    [Fact]
    public void ManyThreads_ReadTheSameExamples()
    {
        var all = Labels(FiniteStream.Passes(Seven, new(1, "test")), 0, 700);
        var stream = FiniteStream.Passes(Seven, new(1, "test"));
        Parallel.For(0, 2000, i => Assert.Equal(all[i % 690], Labels(stream, i % 690, 1)[0]));
    }

    [Fact]
    public void AnotherSeed_GivesAnotherOrder() =>
        Assert.NotEqual(Labels(FiniteStream.Passes(Seven, new(1, "test")), 0, 14), Labels(FiniteStream.Passes(Seven, new(2, "test")), 0, 14));

    [Fact]
    public void Permutations_AreUniform()
    {
        var three = LabelledExamples.FromFloats(new float[3], new byte[] { 0, 1, 2 });
        var labels = Labels(FiniteStream.Passes(three, new(1, "test")), 0, 3 * 6000);
        var counts = labels.Chunk(3).GroupBy(pass => string.Join(' ', pass)).ToDictionary(g => g.Key, g => g.Count());
        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1000 - 5 * 29, 1000 + 5 * 29)); // sd of a count: sqrt(6000 / 6 * 5 / 6) = 29
    }

    [Fact]
    public void Inputs_BelongToTheirLabels()
    {
        var (inputs, labels) = (new float[20], new int[10]);
        FiniteStream.Passes(Seven, new(1, "test")).Read(3, inputs, labels);
        for (var i = 0; i < 10; i++)
            Assert.Equal((labels[i], labels[i] + 0.5f), (inputs[2 * i], inputs[2 * i + 1]));
    }

    [Fact]
    public void FiniteOrders_EndWithTheirLastExample()
    {
        Assert.Equal(Enumerable.Range(0, 7), Labels(FiniteStream.InOrder(Seven), 0, 7));
        Assert.Equal(7, FiniteStream.InOrder(Seven).Count);
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Labels(FiniteStream.InOrder(Seven), 5, 3));
        Assert.StartsWith("Expected examples within 0..6, got 5..7. Ask for fewer; only training streams start again at their end.", error.Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Labels(FiniteStream.Shuffled(Seven, new(0, "test")), 0, 8));
        Assert.Throws<ArgumentOutOfRangeException>(() => Labels(FiniteStream.InOrder(Seven), -1, 1));
    }

    [Fact]
    public void SpansThatDoNotFit_AreAnError() => Assert.Throws<ArgumentException>(() => FiniteStream.InOrder(Seven).Read(0, new float[5], new int[2]));

    [Fact]
    public void OwnArrays_AreADatasetOfFourStreams()
    {
        var data = new ArrayDataset("mine", new(1, 1, 2), ["a", "b", "c", "d", "e", "f", "g"], Seven, Seven.Slice(0, 3), Seven.Slice(3, 4));
        Assert.Equal((2, 7L, 3L, 4L),
            (data.Inputs, data.Open(Split.Train, 1).Count!.Value, data.Open(Split.Validation, 1).Count!.Value, data.Open(Split.Test, 1).Count!.Value));
        Assert.Equal([3, 4, 5, 6], Labels(data.Open(Split.Test, 1), 0, 4));
        Assert.Equal(Labels(data.Open(Split.Probe, 1), 0, 4), Labels(data.Open(Split.Probe, 2), 0, 4));
        Assert.Equal([3, 4, 5, 6], Labels(data.Open(Split.Probe, 1), 0, 4).Order());
    }

    [Fact]
    public void OwnArraysThatDoNotFit_SaySo()
    {
        var label = Assert.Throws<DataException>(() => new ArrayDataset("mine", new(1, 1, 2), ["a", "b"], Seven, Seven, Seven));
        Assert.Equal("mine, train set: expected labels 0..1, one for each of 2 classes, found label 2 at example 2. Correct the label or name the class.",
            label.Message);
        var shape = Assert.Throws<DataException>(() => new ArrayDataset("mine", new(1, 2, 2), ["a", "b"], Seven, Seven, Seven));
        Assert.Equal("mine, train set: expected examples of 2x2 = 4 values, found 2 values. Reshape the examples, or correct the shape.", shape.Message);
        var count = Assert.Throws<DataException>(() => LabelledExamples.FromGreys(new byte[5], new byte[2], PixelRange.ZeroToOne));
        Assert.Equal("arrays: expected at least one example, and values for each label, found 5 values and 2 labels. Pass whole examples.", count.Message);
    }

    private static int[] Labels(ExampleStream stream, long first, int count)
    {
        var labels = new int[count];
        stream.Read(first, new float[count * stream.Inputs], labels);
        return labels;
    }
}
