using Sonde.Diagnosis;
using Sonde.Diagnosis.Findings;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis;

public class VerdictTests
{
    [Fact]
    public void OutcomeAndCauses_BecomeOneSentence()
    {
        var verdict = Verdict.From(History.Facts("tanh", 3), History.Curve(88.9, 83.4), History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1), 83.3);
        Assert.Equal(
            "It does not learn yet: the test error is 83.4 % after 1,000 updates, no better than the best constant guess (83.3 %); "
            + "at initialization back-propagated gradients vanish: their sd in layer 1 is 0.25 times that in layer 3 (a factor 0.50 for each layer).",
            verdict.Sentence);
        Assert.Equal([nameof(StuckAtChance), nameof(VanishingBackpropagatedGradient)], verdict.Findings.Select(finding => finding.Name));
    }

    [Fact]
    public void NoCurve_CausesAloneStillMakeASentence()
    {
        var verdict = Verdict.From(History.Facts("tanh", 3), [], History.Sds(Quantity.BackpropagatedGradient, 0.9, 0.95, 1));
        Assert.StartsWith("At initialization back-propagated gradients stay comparable", verdict.Sentence);
    }

    [Fact]
    public void NothingRecorded_SaysSo() => Assert.Equal("The records hold too little for a verdict.", Verdict.From(History.Facts("tanh", 3), [], []).Sentence);

    [Fact]
    public void OneTestPoint_IsReported() =>
        Assert.Equal("The test error is 88.9 % at update 0.", Verdict.From(History.Facts("tanh", 3), History.Curve(88.9), [], 83.3).Sentence);

    [Fact]
    public void UserActivation_GetsAVerdictToo() =>
        Assert.StartsWith("It learns", Verdict.From(new NetworkFacts(2, null), History.Curve(88.9, 20), History.Means(0, 0.5, 0.5), 83.3).Sentence);
}
