using Sonde.Diagnosis;
using Sonde.Diagnosis.Findings;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>The three findings on back-propagated gradients never fire together.</summary>
public class BackpropagatedGradientTests
{
    [Theory]
    [InlineData(5, 0.55, "vanishing-gradients")]
    [InlineData(5, 0.70, "vanishing-gradients")]
    [InlineData(5, 0.71, "gradients-level")]
    [InlineData(5, 1.0, "gradients-level")]
    [InlineData(5, 1.41, "gradients-level")]
    [InlineData(5, 1.42, "exploding-gradients")]
    [InlineData(2, 0.14, null)]
    [InlineData(2, 0.26, "gradients-level")]
    [InlineData(2, 0.09, "vanishing-gradients")]
    [InlineData(2, 11.0, "exploding-gradients")]
    public void FactorForEachLayer_FiresOneAtMost(int depth, double factor, string? name)
    {
        var trial = History.Of(
            "tanh", depth, History.Sds(Quantity.BackpropagatedGradient, [.. Enumerable.Range(1, depth).Select(k => Math.Pow(factor, depth - k))]));
        Finding?[] all = [VanishingBackpropagatedGradient.Find(trial), GradientsLevel.Find(trial), ExplodingBackpropagatedGradient.Find(trial)];
        var fired = all.SingleOrDefault(finding => finding is not null);
        Assert.Equal(name, fired?.Name);
        if (fired is null)
            return;
        Assert.Equal(factor, fired.Evidence["perLayer"], 1e-12);
        Assert.Equal(Math.Pow(factor, depth - 1), fired.Evidence["ratio"], 1e-9);
    }

    // Five sigmoid layers of 1,000 with the standard initialization, from docs/theory.md.
    [Fact]
    public void SigmoidsGradients_AreCountedInTimes() => Assert.Equal(
        "At initialization back-propagated gradients vanish on the way down: their sd is 2,600 times smaller in layer 1 than in layer 5; each "
            + "layer keeps 14 %.",
        VanishingBackpropagatedGradient.Find(
            History.Of("sigmoid", 5, History.Sds(Quantity.BackpropagatedGradient, 1.66e-6, 1.19e-5, 8.43e-5, 5.99e-4, 4.25e-3)))!.Sentence);

    [Fact]
    public void WeightGradients_AreReportedBesideVanishing()
    {
        var rows = History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1).Concat(History.Sds(Quantity.WeightGradient, 1, 1.2, 1.5));
        Assert.Equal(
            "At initialization back-propagated gradients vanish on the way down: their sd is 4.0 times smaller in layer 1 than in layer 3; each layer "
            + "keeps 50 %. Weight gradients are within a factor 1.5 of each other.",
            VanishingBackpropagatedGradient.Find(History.Of("tanh", 3, rows))!.Sentence);
    }

    [Fact]
    public void RowsBelowUpdateZero_AreLeftOutAndUpdateZeroIsAfterPretraining()
    {
        var after = History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1).ToList();
        var before = after.Select(row => row with { Update = -100, Sd = 1 });
        Assert.StartsWith("After pre-training back-propagated gradients vanish on the way down: their sd is 4.0 times smaller in layer 1",
            VanishingBackpropagatedGradient.Find(History.Of("tanh", 3, before.Concat(after)))!.Sentence, StringComparison.Ordinal);
        var curveAlone = new TrialHistory(History.Facts("tanh", 3), [new(-100, "pretrain-1", 5, double.NaN)], after);
        Assert.StartsWith("After pre-training ", VanishingBackpropagatedGradient.Find(curveAlone)!.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void WeightGradientsFarApart_AreSaidToDiffer()
    {
        var rows = History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1).Concat(History.Sds(Quantity.WeightGradient, 1, 4, 20));
        Assert.EndsWith(" Weight gradients differ by a factor 20.", VanishingBackpropagatedGradient.Find(History.Of("tanh", 3, rows))!.Sentence,
            StringComparison.Ordinal);
    }

    [Fact]
    public void LayerMissingOneHiddenLayerOrDeadGradients_FireNothing()
    {
        Assert.Null(VanishingBackpropagatedGradient.Find(History.Of("tanh", 3, History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5))));
        Assert.Null(GradientsLevel.Find(History.Of("tanh", 1, History.Sds(Quantity.BackpropagatedGradient, 1))));
        Assert.Null(VanishingBackpropagatedGradient.Find(History.Of("tanh", 2, History.Sds(Quantity.BackpropagatedGradient, 0, 0))));
    }
}
