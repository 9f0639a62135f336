using Sonde.Numerics.Random;
using Sonde.Numerics.Significance;

namespace Sonde.Tests.Numerics.Significance;

public sealed class PairedTTestTests
{
    /// <summary>SciPy 1.10.1: <c>scipy.stats.ttest_rel([83.1, 82.4, 82.9, 83.6, 82.2], [81.0, 81.9, 80.4, 82.8, 81.5])</c>.</summary>
    [Fact]
    public void FiveSeeds_AreAsInScipy() => Tolerances.AssertClose(
        0.031796712478406694, PairedTTest.TwoSided([83.1 - 81.0, 82.4 - 81.9, 82.9 - 80.4, 83.6 - 82.8, 82.2 - 81.5]), Tolerances.TailProbability);

    [Theory]
    [InlineData]
    [InlineData(1.0)]
    [InlineData(0.5, 0.5, 0.5)]
    public void NothingKnownOfTheSpread_GivesNoP(params double[] differences) => Assert.Equal(double.NaN, PairedTTest.TwoSided(differences));

    [Theory]
    [InlineData(0, 0.05)]
    [InlineData(4, 0.9)]
    public void NormalDifferences_AreToldApartAsOftenAsTheyShould(double mean, double rate)
    {
        const int repetitions = 4000;
        var random = new RandomKey(5, "paired t").Stream();
        var rejected = Enumerable.Range(0, repetitions)
            .Count(_ => PairedTTest.TwoSided([.. Enumerable.Range(0, 5).Select(_ => mean + random.NextGaussian())]) <= 0.05);
        if (mean == 0)
            Rates.AssertEqual(rate, rejected, repetitions);
        else
            Assert.True(rejected > rate * repetitions, $"{rejected} of {repetitions}");
    }
}
