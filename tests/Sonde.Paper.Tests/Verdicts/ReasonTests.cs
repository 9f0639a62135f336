using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Tests.Verdicts;

public sealed class ReasonTests
{
    [Fact]
    public void NumbersWithin_AreSaidToBe() => Assert.Equal("Every number is within its tolerance, and every order holds.",
        Reason.Of(new Judgement().Number("width", 1, [1.1], 0.2).Result("")));

    [Fact]
    public void AnOrderThatHolds_NamesTheNumbersThatDoNot() => Assert.Equal("Every order holds. Numbers that differ: width.",
        Reason.Of(new Judgement().Number("width", 1, [3], 0.2).Number("height", 1, [1], 0.2).Order("rank", "yes", "yes", true).Result("")));

    // An order that fails decides, whatever the numbers are.
    [Fact]
    public void AnOrderThatFails_ComesBeforeNumbers() => Assert.Equal("What differs: rank.",
        Reason.Of(new Judgement().Number("width", 1, [3], 0.2).Order("rank", "yes", "no", false).Result("")));

    [Fact]
    public void ManyOpenQuantities_AreCutShort()
    {
        var judgement = new Judgement();
        foreach (var name in new[] { "a", "b", "c", "d", "e" })
            judgement.Order(name, "yes", "–", null);
        Assert.Equal("Still open: a; b; c; 2 more are in the table.", Reason.Of(judgement.Result("")));
    }

    // Figure 4 with tanh alone: what is missing is no quantity.
    [Fact]
    public void NothingOpen_SaysNothing() => Assert.Equal("",
        Reason.Of(new Judgement().Order("rank", "yes", "yes", true).Result("") with { Agreement = Agreement.NotReachedYet }));

    [Fact]
    public void ADifferenceThatRoundsToZero_HasNoSign() => Assert.StartsWith("0.00 (",
        Assert.Single(new Judgement().Number("width", 1, [0.999], 0.2).Result("").Readings).Distance, StringComparison.Ordinal);

    [Fact]
    public void NotRun_HasNoReason() => Assert.Equal("", Reason.Of(ItemResult.NotRun("There are no records yet.")));
}
