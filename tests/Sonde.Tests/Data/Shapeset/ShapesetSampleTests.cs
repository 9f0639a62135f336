using System.Runtime.InteropServices;
using Sonde.Data;
using Sonde.Data.Shapeset;

namespace Sonde.Tests.Data.Shapeset;

/// <summary>A Shapeset with a limited number of training examples.</summary>
public sealed class ShapesetSampleTests
{
    [Theory]
    [InlineData(PixelRange.MinusOneToOne, null)]
    [InlineData(PixelRange.ZeroToOne, 2)]
    public void ASample_IsTheFirstOfTheStreamOfSeedOne_InAnotherOrderEachPassAndForEachSeed(PixelRange range, int? objects)
    {
        const int Examples = 50;
        static IEnumerable<string> Images((float[] Inputs, int[] Labels) read) =>
            read.Labels.Select((label, k) => $"{label}: {Convert.ToHexString(MemoryMarshal.AsBytes(read.Inputs.AsSpan(k * 256, 256)))}");
        var first = Images(new ShapesetDataset(16, 3, range, objects).Open(Split.Train, 1).Read(0, Examples)).ToList();
        List<string> orders = [];
        foreach (var seed in new ulong[] { 1, 2 })
        {
            var stream = new ShapesetDataset(16, 3, range, objects, Examples).Open(Split.Train, seed);
            Assert.Equal(Examples, stream.Count);
            foreach (var pass in Images(stream.Read(0, 3 * Examples)).Chunk(Examples))
            {
                Assert.Equal(first.Order(StringComparer.Ordinal), pass.Order(StringComparer.Ordinal));
                orders.Add(string.Join(' ', pass.Select(image => first.IndexOf(image))));
            }
        }
        Assert.Equal(6, orders.Distinct().Count());
    }

    [Fact]
    public void ASample_LeavesValidationTestAndProbeExamplesAsTheyAre()
    {
        foreach (var split in new[] { Split.Validation, Split.Test, Split.Probe })
            Assert.Equal(new ShapesetDataset(16).Open(split, 1).Read(0, 20).Inputs, new ShapesetDataset(16, examples: 10).Open(split, 1).Read(0, 20).Inputs);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2_097_152)]
    public void ASampleThatMemoryCannotHold_SaysSo(int examples) => Assert.Equal(
        $"shapeset: expected 1 to 2097151 training examples of 32x32, which are kept in memory, found {examples}. "
        + "Change `examples`, or remove it for an endless stream.",
        Assert.Throws<DataException>(() => new ShapesetDataset(examples: examples)).Message);
}
