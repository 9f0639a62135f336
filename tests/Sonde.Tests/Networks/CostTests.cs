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

    [Fact]
    public void SpansOrLabelsThatDoNotFit_AreRefusedWithBothSides()
    {
        foreach (var cost in CostList.All)
        {
            AssertRefused("Expected probabilities and a gradient for 3 classes, got 2 and 3.",
                () => cost.Evaluate<float>(new float[3], 0, new float[2], new float[3]));
            AssertRefused("Expected probabilities and a gradient for 3 classes, got 3 and 4.",
                () => cost.Evaluate<float>(new float[3], 0, new float[3], new float[4]));
            AssertRefused("Expected a label from 0 to 2, got 3.", () => cost.Evaluate<float>(new float[3], 3, new float[3], new float[3]));
            AssertRefused("Expected a label from 0 to 2, got -1.", () => cost.Evaluate<float>(new float[3], -1, new float[3], new float[3]));
            AssertRefused("Expected a curvature for each of 3 classes, got 2.", () => cost.Curvature<float>(new float[3], new float[2]));
        }

        static void AssertRefused(string beginning, Action call) =>
            Assert.StartsWith(beginning, Assert.ThrowsAny<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NaN_MakesTheCostNaN()
    {
        foreach (var cost in CostList.All)
            Assert.True(float.IsNaN(cost.Evaluate<float>([1, float.NaN, 0], 0, new float[3], new float[3])));
    }
}
