using Sonde.Networks;
using Sonde.Networks.Costs;
using Sonde.Theory;

namespace Sonde.Tests.Theory;

public sealed class TwoWeightCostTests
{
    public static TheoryData<string> Costs { get; } = ["nll", "quadratic"];

    [Theory, MemberData(nameof(Costs))]
    public void Derivatives_AreThoseOfTheCost(string name)
    {
        const double step = 1e-5;
        var (problem, cost) = (new TwoWeightCost(3, 4, 3, 5, seed: 7), CostList.Find(name)!);
        foreach (var (first, second) in new[] { (0.3, -0.7), (-2.0, 1.5), (4.0, 4.0) })
        {
            var at = problem.At(cost, first, second);
            double Cost(double w1, double w2) => problem.At(cost, w1, w2).Cost;
            Tolerances.AssertClose((Cost(first + step, second) - Cost(first - step, second)) / (2 * step), at.ByFirst, Tolerances.CentralDifference);
            Tolerances.AssertClose((Cost(first, second + step) - Cost(first, second - step)) / (2 * step), at.BySecond, Tolerances.CentralDifference);
        }
    }

    [Fact]
    public void FirstWeightZero_OneUnit_CostIsThatOfAGuess()
    {
        // With one input and one unit a first weight of 0 leaves every s at 0: both classes have probability 1/2.
        var problem = new TwoWeightCost(1, 1, 2, 6, seed: 3);
        Tolerances.AssertClose(Math.Log(2), problem.At(new NegativeLogLikelihood(), 0, 5).Cost, Tolerances.DoubleRounding);
        Tolerances.AssertClose(0.5, problem.At(new Quadratic(), 0, 5).Cost, Tolerances.DoubleRounding);
    }

    [Fact]
    public void Surface_HasTheCostsOfItsGridFirstWeightByRow()
    {
        var problem = new TwoWeightCost(2, 2, 2, 3, seed: 1);
        var cost = new NegativeLogLikelihood();
        var surface = problem.Surface(cost, reach: 2, points: 5);
        Assert.Equal([-2, -1, 0, 1, 2], surface.Weights);
        Assert.Equal(problem.At(cost, -1, 2).Cost, surface[1, 4]);
        Assert.Equal("nll", surface.CostName);
        Assert.Equal(surface.Points, new TwoWeightCost(2, 2, 2, 3, seed: 1).Surface(cost, 2, 5).Points);
        Assert.NotEqual(surface.Points, new TwoWeightCost(2, 2, 2, 3, seed: 2).Surface(cost, 2, 5).Points);
    }

    [Theory]
    [InlineData(new[] { 0.0, 0.0, 0.0, 0.0 }, 1)]
    [InlineData(new[] { 1.0, 1.0, 1.0, 1.0 }, 0)]
    [InlineData(new[] { 1.0, 0.09, 0.11, -0.05 }, 0.5)]
    public void PlateauShare_IsThatOfSlopesBelowATenthOfTheSteepest(double[] slopes, double share) =>
        Assert.Equal(share, new CostSurface("nll", [0, 1], [.. slopes.Select(slope => new CostAtTwoWeights(0, 0, slope))]).PlateauShare);

    [Fact]
    public void Slope_IsTheLengthOfTheGradient() => Assert.Equal(5, new CostAtTwoWeights(1, 3, -4).Slope);

    [Fact]
    public void SizesThatMakeNoNetwork_AreErrors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoWeightCost(0, 1, 2, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoWeightCost(1, 1, 1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new TwoWeightCost(1, 1, 2, 1, 1).Surface(new Quadratic(), 1, 1));
    }
}
