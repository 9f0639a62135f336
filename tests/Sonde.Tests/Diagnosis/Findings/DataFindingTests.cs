using Sonde.Diagnosis;
using Sonde.Diagnosis.Findings.Data;
using Sonde.Probes;
using static Sonde.Tests.Diagnosis.Findings.FindingCases;
using static Sonde.Tests.Diagnosis.Findings.Story;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>How much the examples must show before a finding blames them.</summary>
public sealed class DataFindingTests
{
    // 256 images are too few for their neighbours to be alike.
    [Theory]
    [InlineData(20, true)]
    [InlineData(64, true)]
    [InlineData(65, false)]
    [InlineData(1024, false)]
    public void ManyInputs_AreNotSaidToTellNothing(int inputs, bool isSaid) => Assert.Equal(isSaid,
        Unrelated(Stuck with { Network = Stuck.Network with { Inputs = inputs } }).Find("inputs-no-signal")!.IsSaid);

    [Fact]
    public void AnErrorThatStaysHighBesideNeighboursThatDoNoBetter_IsARemarkOnLabels()
    {
        Assert.Equal((true, false), (Noisy(70).Find("labels-noisy") is not null, Noisy(70).Find("labels-noisy")!.IsSaid));
        Assert.Null(Noisy(20).Find("labels-noisy"));
        // Neighbours agree, and labels agree with them: the task is hard, and its labels are right.
        Assert.Null(Noisy(70).With(Of(Quantity.ContradictedLabel, 200, 0.05, 0.2), Of(Quantity.NeighbourDissent, 200, 0.1, 0)).Find("labels-noisy"));
    }

    [Theory]
    [InlineData(0.33, 8, 0.16)]
    [InlineData(0.3, 40, 0.25)]
    public void AFewContradictions_OrNoMoreThanNeighboursHave_ProveNothing(double share, int places, double dissent) =>
        Assert.DoesNotContain(Contradicted(share, places, dissent).Verdict.Findings, finding => finding.Name == "labels-noisy" && finding.IsSaid);

    [Fact]
    public void TestExamplesFromTheTrainingPart_AreARemark()
    {
        var finding = Stuck.With(Of(Quantity.TestInTraining, 512, 0.3, 0.4)).Find("inputs-duplicated")!;
        Assert.Equal((FaultLabel.Observation, true), (finding.Label, finding.Sentence.StartsWith("Test examples are training examples: 30 % of 512 ",
            StringComparison.Ordinal)));
        // Inputs of a few values repeat everywhere, as copies do that were made before the split.
        var both = Stuck.With(Of(Quantity.TestInTraining, 512, 0.9, 0.3), Of(Quantity.RepeatedExample, 512, 0.8, 0.3)).Find("inputs-duplicated")!;
        Assert.Equal((false, FaultLabel.Observation), (both.IsSaid, both.Label));
        Assert.StartsWith("Examples occur several times: 80 % of 512 training examples have the inputs of an earlier one, and 90 % of 512 test examples ",
            both.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 3.9, null)]
    [InlineData(30, 0.7, null)]
    [InlineData(30, 0.9, "split-mismatch")]
    [InlineData(512, 0.65, "split-mismatch")]
    public void FewTestExamples_MayDifferMoreFromTrainingExamples(int examples, double shift, string? name) => Assert.Equal(name, SplitMismatch.Find(
        Stuck.With(Of(Quantity.TestInTraining, examples, 0, 0), Of(Quantity.InputShift, 20, 0, 0.1) with { Max = shift, Min = 0 }).History)?.Name);

    [Theory]
    [InlineData(9, 0.4, null)]
    [InlineData(30, 0.4, "split-mismatch")]
    public void FewTestExamples_MayHaveMoreOfAClass(int examples, double shift, string? name) => Assert.Equal(name, SplitMismatch.Find(
        Stuck.With(Of(Quantity.TestInTraining, examples, 0, 0), Of(Quantity.ClassShift, 4, 0, 0.1) with { Max = shift },
            Of(Quantity.TrainClassShare, 4, 0.25, 0.1) with { Max = 0.4, Min = 0.1 }).History)?.Name);

    [Fact]
    public void CopiesAmongManyExamples_AreCountedByHowOftenTheyMeet()
    {
        // 512 of 20,000 examples, of which 1,000 are different: 401 of the 512 are new.
        var finding = (Stuck.With(Of(Quantity.RepeatedExample, 512, 1 - 401 / 512.0, 0.4)) with { Training = Stuck.Training with { Examples = 20_000 } })
            .Find("inputs-duplicated")!;
        Assert.InRange(finding.Evidence["differentExamples"], 980, 1020);
        Assert.Equal(FaultLabel.Overfit, finding.Label);
    }

    [Fact]
    public void WhatANetworkHasLearned_IsNotSaidToBeUntold() =>
        Assert.Null(Unrelated(Stuck with { TestErrors = [75, 73, 71, 70, 69, 68.5] }).Find("inputs-no-signal"));

    // A guess is wrong on 10 of 256: that neighbours are wrong on 9 says nothing.
    [Fact]
    public void ARareClass_ThatNothingTells_IsNotSaidToBeShuffled()
    {
        var rare = Unrelated(Stuck).With(Of(Quantity.ConstantError, 1, 4, 0), Of(Quantity.NeighbourError, 1, 3.5, 0), Of(Quantity.LinearError, 1, 4, 0),
            Of(Quantity.TrainClassShare, 2, 0.5, 0.46) with { Max = 0.96, Min = 0.04 }) with
        { Chance = 4, TestErrors = [50, 4, 4, 4], TrainErrors = [9, 4, 3, 2] };
        Assert.Null(rare.Find("inputs-no-signal"));
        Assert.Null(rare.Find("labels-shuffled"));
        Assert.True(rare.Find("labels-imbalanced")!.IsSaid);
    }
}
