using Sonde.Diagnosis;
using Sonde.Probes;
using static Sonde.Tests.Diagnosis.Findings.FindingCases;
using static Sonde.Tests.Diagnosis.Findings.Story;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>Each finding on a history that has it, and on one that just has not.</summary>
public sealed class EveryFindingTests
{
    public static TheoryData<string> Names => [.. FindingList.Rules.Where(rule => rule.Id != rule.Name).Select(rule => rule.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void WhereItIs_ItIsFound(string name)
    {
        Assert.True(Cases.ContainsKey(name), $"Give {name} a history that has it, and a near miss.");
        var finding = Cases[name].With.Find(name);
        Assert.True(finding is not null, $"{name} is not among {string.Join(", ", Cases[name].With.Verdict.Findings.Select(other => other.Name))}");
        Assert.True(finding.IsSaid, $"{name} has the confidence {finding.Confidence}");
        Assert.Matches("^SO[0-9]{3}$", finding.Id);
        Assert.EndsWith(".", finding.Sentence.TrimEnd(')'), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhereItIsNot_ItIsNotSaid(string name)
    {
        Assert.DoesNotContain(Cases[name].Without.Verdict.Findings, finding => finding.Name == name && finding.IsSaid);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WithoutRecords_NothingIsFoundAndWhatIsMissingIsSaid(string name)
    {
        var rule = FindingList.Rules.Single(rule => rule.Name == name);
        var nothing = new TrialHistory(new(3, null), [], []);
        Assert.Null(rule.FindIn(nothing));
        if (rule.Lacks(nothing) is { } lacks)
            Assert.Contains(Verdict.From(nothing).NotChecked, unchecked_ => unchecked_.Id == rule.Id && unchecked_.Because == lacks);
    }

    [Fact]
    public void IdsAndNames_AreUnique()
    {
        Assert.Equal(FindingList.Rules.Count, FindingList.Rules.Select(rule => rule.Id).Distinct().Count());
        Assert.Equal(FindingList.Rules.Count, FindingList.Rules.Select(rule => rule.Name).Distinct().Count());
    }

    [Fact]
    public void CausesThatRulesName_Exist()
    {
        var names = FindingList.Rules.Select(rule => rule.Name).ToHashSet();
        Assert.All(FindingList.Rules, rule => Assert.All(rule.ConsequenceOf, name => Assert.Contains(name, names)));
        Assert.All(FindingList.Rules, rule => Assert.DoesNotContain(rule.Name, rule.ConsequenceOf));
    }

    [Fact]
    public void ANetworkThatLearns_HasNoFault()
    {
        Assert.DoesNotContain(Learned.Verdict.Findings, finding => finding.IsSaid && FaultLabel.IsFault(finding.Label));
        Assert.Equal(TrialOutcome.Learning, Learned.Verdict.Outcome);
        Assert.Empty(Learned.Verdict.NotChecked);
    }

    [Fact]
    public void AChanceHit_OfFewTestExamplesOrBeforeTheFirstUpdate_WasNotLearned()
    {
        Story lost = Stuck with { TestErrors = [75, 62, 68, 72, 75, 75] };
        Assert.NotNull(lost.With(Of(Quantity.TestInTraining, 512, 0, 0)).Find("unlearning"));
        Assert.Null(lost.With(Of(Quantity.TestInTraining, 50, 0, 0)).Find("unlearning"));
        Assert.Null((lost with { TestErrors = [62, 75, 75, 75, 75, 75] }).Find("unlearning"));
    }

    [Fact]
    public void WeightsWithoutAnyGradient_AreNotSaidToNeedLargerSteps()
    {
        var still = Stuck.With(Layers(Quantity.UpdateToWeightRatio, 0, 0)).With(Layers(Quantity.UpdateToWeightRatio, 2000, 0));
        Assert.NotNull(still.Find("rate-low"));
        Assert.Null(still.With(Hidden(Quantity.WeightGradient, 4000, 0, 0)).Find("rate-low"));
    }

    [Fact]
    public void ASoftmaxOfOneUnit_GetsTheOutputOfItsTask()
    {
        Assert.EndsWith("Use output: linear with cost: mse.", Stuck.ForNumbers(output: "softmax").Find("output-activation-wrong")!.Sentence,
            StringComparison.Ordinal);
        Assert.EndsWith("for each class.", (Stuck with { Network = Stuck.Network with { Outputs = 1 } }).Find("output-activation-wrong")!.Sentence,
            StringComparison.Ordinal);
    }
}
