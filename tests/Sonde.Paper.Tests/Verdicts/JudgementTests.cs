using Sonde.Paper.Curves;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Tests.Verdicts;

public sealed class JudgementTests
{
    [Theory]
    [InlineData(true, true, nameof(Agreement.AgreesInNumber))]
    [InlineData(false, true, nameof(Agreement.AgreesInOrder))]
    [InlineData(false, null, nameof(Agreement.NotReachedYet))]
    [InlineData(true, null, nameof(Agreement.NotReachedYet))]
    [InlineData(true, false, nameof(Agreement.Differs))]
    public void NumberAndOrder_Combine(bool isNumber, bool? isOrder, string expected) => Assert.Equal(expected,
        new Judgement().Number("n", 10, [isNumber ? 11 : 20], 2).Order("o", "", "", isOrder).Agreement.ToString());

    // Whether it differs or agrees in order is for the order to say, which nothing has been trained for.
    [Fact]
    public void NumbersOutside_DecideNothingWhileAnOrderWasNotRun()
    {
        Assert.Equal(Agreement.NotReachedYet, new Judgement().Number("n", 10, [20], 2).NotRun("o").Agreement);
        Assert.Equal(Agreement.NotReachedYet, new Judgement().Join(new Judgement().Number("n", 10, [20], 2).Order("o", "", "", null).Result("")).Agreement);
        Assert.Equal(Agreement.Differs, new Judgement().Number("n", 10, [20], 2).Agreement);
    }

    [Fact]
    public void WithoutQuantities_NothingWasRun() => Assert.Equal(Agreement.NotRun, new Judgement().Note("n", "", "").Agreement);

    [Fact]
    public void ANumber_CarriesItsDistanceAndWhatIsAllowed()
    {
        var reading = new Judgement().Number("n", 10, [12.5], 3, "points", "0.0").Result("").Readings.Single();
        Assert.Equal(("+2.5 points (3.0 allowed)", Agreement.AgreesInNumber), (reading.Distance, reading.Verdict));
    }

    // Two seeds with an sd of 2.83: 5.66 is allowed, more than the tolerance.
    [Fact]
    public void SeveralSeeds_AllowTwoOfTheirStandardDeviations()
    {
        Assert.Equal(Agreement.AgreesInNumber, new Judgement().Number("n", 10, [13, 17], 3).Agreement);
        Assert.Equal(Agreement.Differs, new Judgement().Number("n", 10, [14.9, 15.1], 3).Agreement);
    }

    [Theory]
    [InlineData(100, 1000, nameof(Agreement.AgreesInNumber))]
    [InlineData(199, 1000, nameof(Agreement.AgreesInNumber))]
    [InlineData(300, 1000, nameof(Agreement.Differs))]
    [InlineData(20, 1000, nameof(Agreement.Differs))]
    [InlineData(null, 150, nameof(Agreement.NotReachedYet))]
    [InlineData(null, 200, nameof(Agreement.Differs))]
    public void AnEvent_CountsAgainstUsOnceTheRunIsTwiceAsLong(int? at, long ranTo, string expected) =>
        Assert.Equal(expected, new Judgement().Event("e", 100, at, ranTo).Agreement.ToString());

    // A run of the paper's length has had its chance, even if the event came late in the paper.
    [Theory]
    [InlineData(2_499_999, nameof(Agreement.NotReachedYet))]
    [InlineData(2_500_000, nameof(Agreement.Differs))]
    public void AnEvent_CountsAgainstUsAtThePapersLength(long ranTo, string expected) =>
        Assert.Equal(expected, new Judgement().Event("e", 2_050_000, null, ranTo).Agreement.ToString());

    // Half of an item does not agree for the whole, but it can differ.
    [Theory]
    [InlineData(true, nameof(Agreement.NotReachedYet))]
    [InlineData(false, nameof(Agreement.Differs))]
    [InlineData(null, nameof(Agreement.NotRun))]
    public void AQuantityThatWasNotRun_KeepsTheItemFromAgreeing(bool? other, string expected)
    {
        var judgement = new Judgement().NotRun("n");
        if (other is { } isSeen)
            judgement.Order("o", "", "", isSeen);
        Assert.Equal(expected, judgement.Agreement.ToString());
        Assert.Equal(expected, new Judgement().Join(judgement.Result("")).Agreement.ToString());
    }

    [Fact]
    public void ACurve_IsComparedAtEveryCommonUpdate()
    {
        PaperCurve paper = new("11", "x", [(100, 80), (200, 60), (300, 50)]);
        // Between its records at 100 and 300 our curve has 65 at 200; at 300 it ends, so all three are common.
        var reading = new Judgement().Curve("c", paper, [new([0, 100, 300], [90, 80, 50])], _ => 3, "points", "0.0").Result("").Readings.Single();
        Assert.Equal(Agreement.Differs, reading.Verdict);
        Assert.Equal("0.0 points (3.0 allowed); at 2 of 3 common updates within that, farthest +5.0 at 200", reading.Distance);
        Assert.Equal("c, update 300", reading.What);
    }

    [Fact]
    public void ACurveThatEndsBeforeThePapersFirstPoint_IsNotReachedYet() =>
        Assert.Equal(Agreement.NotReachedYet, new Judgement().Curve("c", new("11", "x", [(100, 80)]), [new([0, 50], [90, 85])], _ => 3).Agreement);

    [Fact]
    public void ReadingsOfAnotherItem_CountAsTheyDidThere()
    {
        var other = new Judgement().Number("n", 10, [20], 2).Order("o", "", "", true).Note("x", "", "").Result("");
        Assert.Equal(Agreement.AgreesInOrder, new Judgement().Join(other).Agreement);
    }
}
