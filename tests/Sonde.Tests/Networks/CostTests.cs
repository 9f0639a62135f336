using Sonde.Networks;

namespace Sonde.Tests.Networks;

public sealed class CostTests
{
    [Fact]
    public void LogLikelihood_OfLargeLogitsIsExact()
    {
        var (p, g) = (new float[3], new float[3]);
        Assert.Equal(2000f, CostList.Find("nll")!.Evaluate<float>([1000, -1000, 0], 1, p, g));
        Assert.Equal([1, 0, 0], p);
        Assert.Equal([1, -1, 0], g);
        Assert.Equal(0f, CostList.Find("nll")!.Evaluate<float>([1e30f, -1e30f, 0], 0, p, g));
    }

    [Fact]
    public void EqualLogits_GiveChance()
    {
        var (p, g) = (new double[9], new double[9]);
        Tolerances.AssertClose(Math.Log(9), CostList.Find("nll")!.Evaluate<double>(new double[9], 4, p, g), Tolerances.DoubleRounding);
        Assert.All(p, value => Tolerances.AssertClose(1.0 / 9, value, Tolerances.DoubleRounding));
        Tolerances.AssertClose(64.0 / 81 + 8.0 / 81, CostList.Find("quadratic")!.Evaluate<double>(new double[9], 4, p, g), Tolerances.DoubleRounding);
    }

    [Theory]
    [InlineData("nll")]
    [InlineData("quadratic")]
    public void Gradient_SumsToZero_BecauseAShiftOfAllLogitsChangesNothing(string name)
    {
        var (p, g) = (new double[4], new double[4]);
        CostList.Find(name)!.Evaluate<double>([0.3, -2, 1.7, 5], 1, p, g);
        Tolerances.AssertClose(0, g.Sum(), Tolerances.DoubleRounding);
        Tolerances.AssertClose(1, p.Sum(), Tolerances.DoubleRounding);
    }
}
