using CsCheck;
using Sonde.Numerics.Random;
using Sonde.Numerics.Significance;

namespace Sonde.Tests.Numerics.Significance;

public sealed class SignFlipTestTests
{
    private const int Seeds = 5;

    /// <summary>Every size once, this is Wilcoxon's signed-rank test. SciPy 1.10.1: <c>scipy.stats.wilcoxon(d, mode='exact').pvalue</c>.</summary>
    [Theory]
    [InlineData(0.037109375, 1, -2, 3, 4, -5, 6, 7, 8, 9, 10)]
    [InlineData(0.005580902099609375, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, -16, -17, 18, 19, 20)]
    [InlineData(2.2113323211669922e-05, -1, -2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, -17, 18, 19, 20, 21, 22, 23, 24, 25)]
    public void Ranks_GiveWilcoxonsP(double expected, params int[] differences) =>
        Tolerances.AssertClose(expected, SignFlipTest.TwoSided(differences), Tolerances.TailProbability, scale: 0);

    [Fact]
    public void AnyDifferences_AreAsCountedOverAllSigns() => Gen.Int[-3, 3].Array[0, 12].Sample(differences =>
    {
        var (hits, signs) = (0, 1 << differences.Length);
        for (var flips = 0; flips < signs; flips++)
        {
            var sum = differences.Select((d, i) => (flips >> i & 1) == 0 ? d : -d).Sum();
            hits += Math.Abs(sum) >= Math.Abs(differences.Sum()) ? 1 : 0;
        }
        Tolerances.AssertClose((double)hits / signs, SignFlipTest.TwoSided(differences), Tolerances.DoubleRounding);
    });

    [Theory]
    [InlineData(0, 0)]
    [InlineData(121, 59)]
    [InlineData(5200, 4800)]
    public void OneNetworkOfEachKind_GivesMcNemarsP(int first, int second)
    {
        var differences = Enumerable.Repeat(1, first).Concat(Enumerable.Repeat(-1, second)).Concat(Enumerable.Repeat(0, 100)).ToArray();
        Tolerances.AssertClose(McNemarTest.TwoSided(first, second), SignFlipTest.TwoSided(differences), Tolerances.TailProbability, scale: 0);
    }

    [Fact]
    public void EqualKindsThatFindDifferentExamplesHard_AreSeldomToldApart_WherePooledCountsWouldBe()
    {
        const int repetitions = 2000, examples = 300;
        const double level = 0.05;
        var random = new RandomKey(1, "sign flip level").Stream();
        var (rejected, pooled) = (0, 0);
        for (var k = 0; k < repetitions; k++)
        {
            // Each kind has its own hard examples, and all five of its networks fail on them alike: neither kind is better.
            var (differences, first, second) = (new int[examples], 0, 0);
            for (var i = 0; i < examples; i++)
            {
                var (ofFirst, ofSecond) = (random.NextDouble() < 0.5 ? 0.1 : 0.9, random.NextDouble() < 0.5 ? 0.1 : 0.9);
                for (var seed = 0; seed < Seeds; seed++)
                {
                    var (isFirstRight, isSecondRight) = (random.NextDouble() < ofFirst, random.NextDouble() < ofSecond);
                    differences[i] += (isFirstRight ? 1 : 0) - (isSecondRight ? 1 : 0);
                    first += isFirstRight && !isSecondRight ? 1 : 0;
                    second += isSecondRight && !isFirstRight ? 1 : 0;
                }
            }
            rejected += SignFlipTest.TwoSided(differences) <= level ? 1 : 0;
            pooled += McNemarTest.TwoSided(first, second) <= level ? 1 : 0;
        }
        Rates.AssertEqual(level, rejected, repetitions);
        Assert.True(pooled > 4 * level * repetitions, $"pooled counts rejected {pooled} of {repetitions}");
    }

    [Fact]
    public void OnePointApartOverFiveSeeds_IsToldApart()
    {
        const int repetitions = 50, examples = 10_000;
        var random = new RandomKey(2, "sign flip power").Stream();
        var rejected = 0;
        for (var k = 0; k < repetitions; k++)
        {
            var differences = new int[examples];
            for (var i = 0; i < examples; i++)
                for (var seed = 0; seed < Seeds; seed++)
                    differences[i] += (random.NextDouble() < 0.90 ? 1 : 0) - (random.NextDouble() < 0.89 ? 1 : 0);
            rejected += SignFlipTest.TwoSided(differences) <= 0.005 ? 1 : 0;
        }
        Assert.InRange(rejected, 45, repetitions);
    }
}
