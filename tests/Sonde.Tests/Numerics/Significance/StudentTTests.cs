using Sonde.Numerics.Significance;

namespace Sonde.Tests.Numerics.Significance;

/// <summary>Constants from SciPy 1.10.1, <c>2 * scipy.stats.t.sf(abs(t), df)</c>, and from R 4.2.2, <c>qt(1 - p / 2, df)</c>.</summary>
/// <remarks>SciPy's <c>t.isf</c> errs by 1e-9 here.</remarks>
public sealed class StudentTTests
{
    [Theory]
    [InlineData(2.776, 4, 0.0500227783199764)]
    [InlineData(0, 3, 1)]
    [InlineData(5.6, 4, 0.004992143179210203)]
    [InlineData(-1.3, 9, 0.2259063726730494)]
    [InlineData(12.7, 1, 0.05002432768934415)]
    [InlineData(40, 4, 2.3340163226012694e-06)]
    [InlineData(1e-3, 30, 0.9992087357664852)]
    [InlineData(double.NaN, 4, double.NaN)]
    [InlineData(double.PositiveInfinity, 4, 0)]
    public void TwoSided_IsScipys(double t, double degreesOfFreedom, double expected)
    {
        var p = StudentT.TwoSided(t, degreesOfFreedom);
        if (double.IsNaN(expected))
            Assert.Equal(double.NaN, p);
        else
            Tolerances.AssertClose(expected, p, Tolerances.TailProbability, scale: 0);
    }

    [Theory]
    [InlineData(0.05, 1, 12.706204736174694)]
    [InlineData(0.05, 4, 2.7764451051977934)]
    [InlineData(0.005, 4, 5.5975683670754925)]
    [InlineData(0.05, 9, 2.2621571627982049)]
    [InlineData(0.01, 29, 2.7563859036706049)]
    [InlineData(0.05, 1000, 1.9623390808264076)]
    public void Critical_IsRs(double p, double degreesOfFreedom, double expected) =>
        Tolerances.AssertClose(expected, StudentT.Critical(p, degreesOfFreedom), Tolerances.TailProbability);

    [Fact]
    public void NoFreedomOrNoProbability_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.TwoSided(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Critical(0, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => StudentT.Critical(1, 3));
    }
}
