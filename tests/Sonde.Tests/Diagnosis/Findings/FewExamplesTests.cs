using Sonde.Diagnosis;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>What cannot be judged by a few examples, or after numbers broke, is not said.</summary>
public class FewExamplesTests
{
    [Fact]
    public void RectifiersThatAreOffForOneExample_AreNotCalledDead()
    {
        var dead = FindingCases.Rectified.With(FindingCases.Dead(0)).With(FindingCases.Dead(4000));
        Assert.NotNull(dead.Find("dead-units"));
        var single = dead with { Rows = [.. dead.Rows.Select(row => row.Quantity == Quantity.Activation ? row with { Count = 50 } : row)] };
        Assert.Null(single.Find("dead-units"));
        Assert.Contains(single.Verdict.NotChecked, other => other is { Name: "dead-units", Because: "fewer than 4 examples were observed" });
    }

    [Fact]
    public void ADivergedTrial_IsNotToldToTrainLonger()
    {
        var brief = FindingCases.Stuck with { Done = 20, Training = FindingCases.Stuck.Training with { Updates = 20 } };
        Assert.NotNull(brief.Find("too-few-updates"));
        Assert.Null((brief with { Divergence = new(15, 1, "activation", "NaN") }).Find("too-few-updates"));
    }

    [Fact]
    public void Epochs_AreNotCountedAsUpdates()
    {
        var updates = new TrialHistory(new(0, null), [new(0, "test", 2, 90), new(1, "test", 1, 89.9)], [], 90);
        Assert.Contains(Verdict.From(updates).Findings, finding => finding.Name == "too-few-updates");
        Assert.Contains("after 1 update; ", Verdict.From(updates).Sentence, StringComparison.Ordinal);
        var epochs = new TrialHistory(new(0, null), [new(0, "test", 2, 90), new(19, "test", 1, 89.9)], [], 90) { CountedIn = "epoch" };
        var verdict = Verdict.From(epochs);
        Assert.DoesNotContain(verdict.Findings, finding => finding.Name == "too-few-updates");
        Assert.Contains(verdict.NotChecked, other => other is
        { Name: "too-few-updates", Because: "the curves count epochs, so the number of updates is not known" });
        Assert.Contains("after 19 epochs; ", verdict.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("update", verdict.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void CurvesWithoutANetwork_AreNotSaidToLeaveTheirPlateau()
    {
        TrialHistory Flat(bool hasNetwork) => new(new(0, null), [new(0, "test", 2.3, 90), new(2000, "test", 2.3, 90), new(4000, "test", 2.3, 90)], [], 90)
        { HasNetwork = hasNetwork, Updates = 4000 };
        Assert.Equal(TrialOutcome.Plateau, Verdict.From(Flat(true)).Outcome);
        Assert.Equal(TrialOutcome.Unknown, Verdict.From(Flat(false)).Outcome);
    }

    [Fact]
    public void NumbersThatBroke_AreSaidOnce()
    {
        var broken = FindingCases.Stuck.With(Story.Row(2000, 2, Quantity.Activation, 0) with { NonFinite = 5 });
        var verdict = Verdict.From(broken.History);
        var found = Assert.Single(verdict.Findings, finding => finding.Name == "non-finite-values");
        Assert.Contains(found.Sentence, verdict.Sentence, StringComparison.Ordinal);
        Assert.DoesNotContain("The numbers broke", verdict.SentenceAfter("activations of layer 2 are not finite at update 2,000",
            new(2000, 2, Quantity.Activation, "")), StringComparison.Ordinal);
    }

    [Fact]
    public void TrainingErrorsWithoutAConstantAnswer_AreNotCalledMissing()
    {
        var story = FindingCases.Stuck.Without(Quantity.TrainClassShare).Without(Quantity.ClassShare).Without(Quantity.ConstantError);
        var history = new TrialHistory(story.Network, [.. story.History.TestCurve, .. story.History.TrainCurve], story.Rows);
        Assert.Contains(Verdict.From(history).NotChecked,
            other => other is { Name: "overfit", Because: "the error of always giving the same answer is not known" });
    }
}
