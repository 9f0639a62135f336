using Sonde.Diagnosis;
using Sonde.Probes;
using static Sonde.Tests.Diagnosis.Findings.FindingCases;
using static Sonde.Tests.Diagnosis.Findings.Story;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>What comes first, what follows from what, and what becomes of the trial.</summary>
public sealed class FindingOrderTests
{
    [Fact]
    public void ASingleCause_IsFollowedByWhatComesOfIt()
    {
        var verdict = Wide(Sigmoid, 4).With([.. Enumerable.Range(1, 3).Select(layer => Row(4000, layer, Quantity.Activation, 0.5, 0.07)),
            Row(0, 4, Quantity.Activation, 0.5, 0.07), Row(4000, 4, Quantity.Activation, 0.02, 0.001)]).Verdict;
        Assert.Equal(["prior-only", "sigmoid-layers", "top-layer-collapse"], verdict.Named);
    }

    // In a network that does badly large steps alone are a guess, which a cause that is said explains away; a cost that climbs is more than a guess.
    [Fact]
    public void LargeStepsBesideACause_AreARemarkUnlessTheCurveSaysSoToo()
    {
        var steps = Row(2000, 2, Quantity.UpdateToWeightRatio, 0.8);
        bool IsSaid(Story story) => story.With(steps).Find("rate-high")!.IsSaid;
        var unscaled = Cases["inputs-unscaled"].With;
        Assert.True(IsSaid(Stuck));
        Assert.False(IsSaid(unscaled));
        Assert.True(IsSaid(unscaled with { Costs = [1.386, 1.5, 1.8, 2.5, 4] }));
    }

    // A network that sees the same inputs always cannot do well. One that sees a few that vary may, unless neighbours and a linear answer show that they tell
    // little, so its failure still needs another cause.
    [Theory]
    [InlineData(0.99, 15, true)]
    [InlineData(0.99, 60, false)]
    [InlineData(1, 15, false)]
    public void OnlyInputsThatTellLittle_ExplainTheFailure(double constant, double linearError, bool needsMore)
    {
        var guilty = Stuck.With(Row(0, 1, Quantity.BackpropagatedGradient, 0, 0.02), Of(Quantity.LinearError, 1, linearError, 0),
            Of(Quantity.NeighbourError, 1, linearError, 0));
        var before = guilty.Find("vanishing-gradients")!.Confidence;
        var beside = guilty.With(Of(Quantity.InputSd, 20, 0.1, 0.3) with { Dead = constant });
        Assert.True(beside.Find("inputs-constant")!.Confidence > 0.85);
        Assert.Equal(needsMore, beside.Find("vanishing-gradients")!.Confidence == before);
    }

    [Fact]
    public void SigmoidLayersOnRawPixels_HaveBothCausesAndTheirConsequences()
    {
        var story = Wide(Sigmoid, 5).With(Of(Quantity.InputSd, 784, 60, 40), Of(Quantity.Input, 9000, 33, 79) with { Min = 0, Max = 255 },
            Row(0, 1, Quantity.Activation, 0.5, 0.45) with { Saturated = 0.85 });
        var findings = story.Verdict.Findings.Where(finding => finding.IsSaid).ToList();
        Assert.Equal(["inputs-unscaled", "sigmoid-layers"], findings.Where(finding => finding.ConsequenceOf is null && FaultLabel.IsFault(finding.Label))
            .Select(finding => finding.Name));
        Assert.Equal("SO101", findings.Single(finding => finding.Name == "saturated-at-start").ConsequenceOf);
        Assert.Contains("Inputs are not scaled", story.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("hidden layers are sigmoid", story.Verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void CausesComeFirstByConfidence_ConsequencesAfter()
    {
        foreach (var (story, _) in Cases.Values)
        {
            var findings = story.Verdict.Findings;
            var causes = findings.TakeWhile(finding => finding.ConsequenceOf is null).ToList();
            Assert.Equal(causes.Select(cause => cause.Confidence).OrderDescending(), causes.Select(cause => cause.Confidence));
            Assert.All(findings.Skip(causes.Count), finding => Assert.Contains(findings, cause => cause.Id == finding.ConsequenceOf));
        }
    }

    [Fact]
    public void AMutedFinding_IsNotLookedFor()
    {
        var story = Cases["inputs-unscaled"].With;
        Assert.DoesNotContain(Verdict.From(story.History, ["SO101"]).Findings, finding => finding.Id == "SO101");
        Assert.DoesNotContain(Verdict.From(story.History, ["inputs-unscaled"]).Findings, finding => finding.Id == "SO101");
    }

    [Fact]
    public void APlateauWithNothingElseWrong_IsCalledThat() => Assert.Equal(TrialOutcome.Plateau, Stuck.Verdict.Outcome);

    [Fact]
    public void ACostThatStillFalls_IsSlow() =>
        Assert.Equal(TrialOutcome.Slow, (Stuck with { Costs = [1.386, 1.36, 1.33, 1.3, 1.27] }).Verdict.Outcome);

    [Fact]
    public void ADeadNetwork_WillNotLearn() => Assert.Equal(TrialOutcome.WillNotLearn, Cases["dead-units"].With.Verdict.Outcome);

    [Fact]
    public void BrokenNumbers_AreDivergence() => Assert.Equal(TrialOutcome.Diverged,
        (Stuck with { Divergence = new(300, 2, "weight", "weights of layer 2 became non-finite at update 300") }).Verdict.Outcome);

    [Fact]
    public void AVerdict_IsWithdrawnWhenThePlateauEnds()
    {
        Assert.Equal(TrialOutcome.Plateau, Stuck.Verdict.Outcome);
        var later = Stuck with { TestErrors = [75, 75, 75, 75, 40, 10], TrainErrors = [75, 75, 75, 50, 15], Costs = [1.386, 1.386, 1.38, 0.9, 0.3] };
        Assert.Equal(TrialOutcome.Learning, later.Verdict.Outcome);
        Assert.DoesNotContain(later.Verdict.Findings, finding => finding.Name is "plateau" or "prior-only");
    }

    [Fact]
    public void ARelapseIntoChance_IsAPlateau() =>
        Assert.Equal(TrialOutcome.Plateau, (Stuck with { TestErrors = [75, 40, 20, 30, 75, 75] }).Verdict.Outcome);
}
