using Sonde.Numerics.Random;
using Sonde.Numerics.Significance;

namespace Sonde.Tests.Numerics.Significance;

public sealed class HolmCorrectionTests
{
    /// <summary>R 4.2.2: <c>p.adjust(c(0.01, 0.04, 0.03, 0.005, 0.2), "holm")</c>.</summary>
    [Fact]
    public void FiveTests_AreAsInR() => Assert.All(
        HolmCorrection.Adjust([0.01, 0.04, 0.03, 0.005, 0.2]).Zip([0.04, 0.09, 0.09, 0.025, 0.2]),
        pair => Tolerances.AssertClose(pair.Second, pair.First, Tolerances.DoubleRounding));

    [Fact]
    public void MissingTest_CountsAsNone() => Assert.Equal([0.02, double.NaN, 0.5], HolmCorrection.Adjust([0.01, double.NaN, 0.5]));

    [Fact]
    public void AdjustedP_NeverExceedsOne() => Assert.Equal([1, 1, 1], HolmCorrection.Adjust([0.9, 0.5, 1]));

    [Fact]
    public void TenTestsOfNothing_SeldomFindAnything()
    {
        const int repetitions = 4000;
        var random = new RandomKey(6, "holm").Stream();
        var found = 0;
        for (var k = 0; k < repetitions; k++)
            found += HolmCorrection.Adjust([.. Enumerable.Range(0, 10).Select(_ => random.NextDouble())]).Min() <= 0.05 ? 1 : 0;
        // Independent tests: 1 - (1 - 0.05 / 10)^10.
        Rates.AssertEqual(1 - Math.Pow(0.995, 10), found, repetitions);
    }
}
