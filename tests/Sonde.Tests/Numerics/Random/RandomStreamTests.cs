using CsCheck;
using Sonde.Numerics.Random;

namespace Sonde.Tests.Numerics.Random;

public sealed class RandomStreamTests
{
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0xffffffffu, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Philox_GivesThePublishedKnownAnswers(uint x0, uint x1, uint x2, uint x3, uint k0, uint k1, uint y0, uint y1, uint y2, uint y3) =>
        Assert.Equal((y0, y1, y2, y3), RandomStream.Philox(x0, x1, x2, x3, k0, k1));

    [Fact]
    public void AnyPosition_ReadsTheSameNumbersAsReadingInOrder() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.Int[0, 200]).Sample((seed, index, position) =>
        {
            var inOrder = new RandomKey(seed, "test").Stream(index);
            for (var k = 0; k < position; k++)
                inOrder.NextUInt32();
            var jumped = new RandomKey(seed, "test").Stream(index);
            jumped.Position = (ulong)position;
            return inOrder.NextUInt32() == jumped.NextUInt32() && inOrder.NextUInt32() == jumped.NextUInt32() && inOrder.Position == jumped.Position;
        });

    [Fact]
    public void ManyAtOnce_AreTheSameNumbersAsOneByOne() =>
        Gen.Select(Gen.ULong, Gen.ULong, Gen.ULong, Gen.Int[0, 150]).Sample((seed, index, position, count) =>
        {
            var (single, many) = (new RandomKey(seed, "test").Stream(index), new RandomKey(seed, "test").Stream(index));
            (single.Position, many.Position) = (position, position);
            var numbers = new uint[count];
            many.Fill(numbers);
            return numbers.All(number => number == single.NextUInt32()) && many.NextUInt32() == single.NextUInt32() && many.Position == single.Position;
        });

    [Fact]
    public void SeedPurposeAndIndex_EachGiveAnotherStream()
    {
        var streams = from seed in new ulong[] { 0, 1, 2 }
                      from purpose in new[] { "a", "b", "ab" }
                      from index in new ulong[] { 0, 1, 1UL << 40 }
                      select (seed, purpose, index);
        var first = streams.Select(s => new RandomKey(s.seed, s.purpose).Stream(s.index).NextUInt64()).ToList();
        Assert.Equal(first.Count, first.Distinct().Count());
    }

    [Fact]
    public void UniformNumbers_FillTheirIntervalEvenly()
    {
        const int draws = 100_000, bins = 50;
        var random = new RandomKey(7, "uniform").Stream();
        var counts = new int[bins];
        for (var k = 0; k < draws; k++)
            counts[(int)(random.NextDouble() * bins)]++;
        var chiSquared = counts.Sum(c => (c - draws / (double)bins) * (c - draws / (double)bins) / (draws / (double)bins));
        // 99.99 % point of chi squared with 49 degrees of freedom.
        Assert.InRange(chiSquared, 10, 98);
    }

    [Fact]
    public void GaussianNumbers_HaveTheMomentsOfTheNormalDistribution()
    {
        const int draws = 200_000;
        var random = new RandomKey(7, "gaussian").Stream();
        double sum = 0, squares = 0, fourths = 0;
        for (var k = 0; k < draws; k++)
        {
            var value = random.NextGaussian();
            sum += value;
            squares += value * value;
            fourths += value * value * value * value;
        }
        Assert.InRange(sum / draws, -Tolerances.StandardErrors / Math.Sqrt(draws), Tolerances.StandardErrors / Math.Sqrt(draws));
        Tolerances.AssertClose(1, squares / draws, Tolerances.StandardErrors * Math.Sqrt(2.0 / draws));
        Tolerances.AssertClose(3, fourths / draws, Tolerances.StandardErrors * Math.Sqrt(96.0 / draws) / 3);
    }
}
