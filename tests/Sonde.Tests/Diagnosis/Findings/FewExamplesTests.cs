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
    public void TrainingErrorsWithoutAConstantAnswer_AreNotCalledMissing()
    {
        var story = FindingCases.Stuck.Without(Quantity.TrainClassShare).Without(Quantity.ClassShare).Without(Quantity.ConstantError);
        var history = new TrialHistory(story.Network, [.. story.History.TestCurve, .. story.History.TrainCurve], story.Rows);
        Assert.Contains(Verdict.From(history).NotChecked,
            other => other is { Name: "overfit", Because: "the error of always giving the same answer is not known" });
    }
}
