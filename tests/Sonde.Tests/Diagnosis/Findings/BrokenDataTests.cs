using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Diagnosis.Remedies;
using Sonde.Probes;
using Sonde.Training;
using static Sonde.Tests.Diagnosis.Findings.FindingCases;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>NaN in the data was called a learning rate that is too high.</summary>
public sealed class BrokenDataTests
{
    private static readonly Divergence InInput = new(300, 0, "input", "the input in row 2, column 1 of the batch at update 300 is NaN, counted from 0; correct "
        + "it, or leave the example out");

    [Fact]
    public void AnInputThatIsNaN_IsTheFirstCause_AndNoSettingMendsIt()
    {
        var broken = Stuck with { Divergence = InInput };
        var first = broken.Verdict.Findings[0];
        Assert.Equal(("data-non-finite", null), (first.Name, first.ConsequenceOf));
        Assert.StartsWith("The data has a value that is not finite: the input in row 2, column 1 of the batch at update 300 is NaN", first.Sentence,
            StringComparison.Ordinal);
        Assert.Null(broken.Find("rate-high"));
        Assert.Equal(TrialOutcome.Diverged, broken.Verdict.Outcome);
        Assert.Empty(RemedyList.GetFor(first, broken.History));
        Assert.Empty(RemedyList.GetRanked(broken.Verdict, broken.History));
    }

    [Fact]
    public void ATargetThatIsNaN_IsNamedAtTheOutput()
    {
        var broken = Stuck with { Divergence = InInput with { Quantity = "target" } };
        Assert.Equal([4], broken.Find("data-non-finite")!.Layers);
        Assert.Null(broken.Find("rate-high"));
    }

    [Fact]
    public void WhatBreaksAfterBrokenData_IsItsConsequence()
    {
        var broken = Stuck.With(Story.Of(Quantity.Input, 5997, 0, 1) with { NonFinite = 3 })
            .With(Story.Row(4000, 2, Quantity.Activation, 0) with { NonFinite = 7 }) with
        { Divergence = new(4000, 2, "activation", "broken") };
        Assert.Equal("SO112", broken.Find("non-finite-values")!.ConsequenceOf);
        Assert.Null(broken.Find("rate-high"));
    }

    [Fact]
    public void NumbersThatBreakAtSmallSteps_InAnotherProgram_PointToItsDataAndCost()
    {
        var broken = Stuck with { IsImported = true, Divergence = new(3000, 2, "weight", "weights of layer 2 are not finite at update 3,000") };
        Assert.Null(broken.Find("rate-high"));
        Assert.Empty(RemedyList.GetRanked(broken.Verdict, broken.History));
        Assert.Empty(RemedyList.GetFor(broken.Find("non-finite-values")!, broken.History));
        Assert.EndsWith("so look at the data first, then for log(0), 0/0 or sqrt(0) in the program's cost.", broken.Find("non-finite-values")!.Sentence,
            StringComparison.Ordinal);
        // Whatever its data is called: an import may know that, and a trial of Sonde may not.
        Assert.Null((broken with { Training = broken.Training with { Data = new DatasetSetting { Name = "mnist" } } }).Find("rate-high"));
        // A study of Sonde refuses such data, and its costs have no such places.
        Assert.True((broken with { IsImported = false }).Find("rate-high")!.IsSaid);
        // Steps that were too large are seen.
        var fast = broken.With(Story.Row(2000, 2, Quantity.UpdateToWeightRatio, 0.8));
        Assert.True(fast.Find("rate-high")!.IsSaid);
        Assert.EndsWith("not finite at update 3,000.", fast.Find("non-finite-values")!.Sentence, StringComparison.Ordinal);
    }

    // A message with a full stop inside was once taken for the end of what was said.
    [Fact]
    public void WhatToDo_RemainsWhole_AfterAMessageWithAFullStopInside()
    {
        const string Said = "weights of layer 2 (approx. 3 of them) are not finite at update 3,000";
        var verdict = (Stuck with { IsImported = true, Divergence = new(3000, 2, "weight", Said) }).Verdict;
        var found = verdict.Findings.Single(finding => finding.Name == "non-finite-values");
        Assert.StartsWith("Until then steps were small", found.Advice, StringComparison.Ordinal);
        Assert.Equal($"The numbers broke: {Said}. {found.Advice}", found.Sentence);
        Assert.Equal(verdict.Sentence.Replace(found.Sentence, found.Advice, StringComparison.Ordinal), verdict.SentenceAfter(Said));
        Assert.DoesNotContain("3 of them", verdict.SentenceAfter(Said), StringComparison.Ordinal);
    }

    [Fact]
    public void NumbersThatBreakBeforeTheFirstUpdate_AreNoSignOfTheRate() =>
        Assert.Null((Stuck with { Divergence = new(0, null, "cost", "the cost became non-finite at update 0") }).Find("rate-high"));
}
