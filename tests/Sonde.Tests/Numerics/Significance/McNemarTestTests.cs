using CsCheck;
using Sonde.Numerics.Random;
using Sonde.Numerics.Significance;

namespace Sonde.Tests.Numerics.Significance;

public sealed class McNemarTestTests
{
    /// <summary>SciPy 1.10.1: <c>scipy.stats.binomtest(min(b, c), b + c, 0.5).pvalue</c>, which is R's <c>binom.test</c>.</summary>
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(30, 31, 1)]
    [InlineData(0, 8, 0.0078125)]
    [InlineData(5, 15, 0.04138946533203125)]
    [InlineData(121, 59, 4.4344492637551645e-06)]
    [InlineData(500, 400, 0.0009564441369189373)]
    [InlineData(5200, 4800, 6.593515598672341e-05)]
    [InlineData(3000, 1500, 1.054495344069943e-112)]
    public void TwoSided_IsScipys(long first, long second, double expected)
    {
        Tolerances.AssertClose(expected, McNemarTest.TwoSided(first, second), Tolerances.TailProbability, scale: 0);
        Assert.Equal(McNemarTest.TwoSided(first, second), McNemarTest.TwoSided(second, first));
    }

    [Fact]
    public void NegativeCount_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => McNemarTest.TwoSided(-1, 3));

    [Fact]
    public void AnySmallCounts_AddUpBinomialProbabilities() => Gen.Select(Gen.Int[0, 25], Gen.Int[0, 25]).Sample((b, c) =>
    {
        var (n, chance, tail) = (b + c, Math.Pow(0.5, b + c), 0.0);
        for (var k = 0; k <= Math.Min(b, c); chance *= (double)(n - k) / (k + 1), k++)
            tail += chance;
        Tolerances.AssertClose(Math.Min(1, 2 * tail), McNemarTest.TwoSided(b, c), Tolerances.TailProbability, scale: 0);
    });

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.005)]
    public void EqualClassifiers_AreSeldomToldApart(double level)
    {
        const int repetitions = 4000, examples = 1000;
        var random = new RandomKey(1, "mcnemar level").Stream();
        var rejected = Enumerable.Range(0, repetitions).Count(_ => P(ref random, examples, 0.3, 0.3) <= level);
        Rates.AssertAtMost(level, rejected, repetitions);
        // An exact test of counts keeps somewhat below its level; far below, it would be another test.
        Assert.True(rejected > level * repetitions / 2, $"{rejected} of {repetitions} at {level}");
    }

    [Fact]
    public void ThreePointsApartOnTenThousandExamples_AreToldApart()
    {
        const int repetitions = 100;
        var random = new RandomKey(2, "mcnemar power").Stream();
        var rejected = Enumerable.Range(0, repetitions).Count(_ => P(ref random, 10_000, 0.30, 0.33) <= 0.005);
        Assert.InRange(rejected, 90, repetitions);
    }

    private static double P(ref RandomStream random, int examples, double firstError, double secondError)
    {
        var (b, c) = (0, 0);
        for (var i = 0; i < examples; i++)
        {
            var (isFirstRight, isSecondRight) = (random.NextDouble() >= firstError, random.NextDouble() >= secondError);
            b += isFirstRight && !isSecondRight ? 1 : 0;
            c += isSecondRight && !isFirstRight ? 1 : 0;
        }
        return McNemarTest.TwoSided(b, c);
    }
}
