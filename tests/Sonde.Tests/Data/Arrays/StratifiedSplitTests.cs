using CsCheck;
using Sonde.Data.Arrays;

namespace Sonde.Tests.Data.Arrays;

public sealed class StratifiedSplitTests
{
    [Fact]
    public void AnySplit_HasEveryExampleOnceAndEveryClassInItsShare() =>
        Gen.Select(Gen.Int[0, 4].Array[2, 400], Gen.Int[0, 100], Gen.Int[0, 100], Gen.ULong, (labels, a, b, seed) =>
            (labels, a: labels.Length * a / 201, b: labels.Length * b / 201, seed)).Sample(s =>
        {
            var parts = StratifiedSplit.Cut(s.labels, [s.a, s.b], new(s.seed, "test"));
            Assert.Equal([s.a, s.b, s.labels.Length - s.a - s.b], parts.Select(p => p.Length));
            Assert.Equal(Enumerable.Range(0, s.labels.Length), parts.SelectMany(p => p).Order());
            Assert.All(parts, part => Assert.Equal(part.Order(), part));
            foreach (var group in s.labels.GroupBy(label => label))
            {
                // In any first stretch of the order, a class has its share to within half an example and half its share of the number of classes.
                var share = (double)group.Count() / s.labels.Length;
                var within = 0.5 + 0.5 * share * s.labels.Distinct().Count() + 1e-9;
                double Surplus(int part) => parts[part].Count(example => s.labels[example] == group.Key) - share * parts[part].Length;
                Assert.InRange(Surplus(0), -within, within);
                Assert.InRange(Surplus(0) + Surplus(1), -within, within);
            }
        }, iter: 300);

    [Fact]
    public void SeedDecides_AndNothingElse()
    {
        int[] labels = [.. Enumerable.Range(0, 1000).Select(i => i % 10)];
        var first = StratifiedSplit.Cut(labels, [100, 100], new(1, "test"));
        Assert.Equal(first, StratifiedSplit.Cut(labels, [100, 100], new(1, "test")));
        Assert.NotEqual(first[0], StratifiedSplit.Cut(labels, [100, 100], new(2, "test"))[0]);
        Assert.All(first.Take(2), part => Assert.All(part.GroupBy(example => labels[example]), members => Assert.Equal(10, members.Count())));
    }
}
