using Sonde.Diagnosis;
using Sonde.Diagnosis.Findings;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Findings;

/// <summary>The three findings on back-propagated gradients part the line of per-layer factors among them: exactly one fires.</summary>
public class BackpropagatedGradientTests
{
    [Theory]
    [InlineData(0.55, nameof(VanishingBackpropagatedGradient))]
    [InlineData(0.79, nameof(VanishingBackpropagatedGradient))]
    [InlineData(0.81, nameof(GradientsLevel))]
    [InlineData(1.0, nameof(GradientsLevel))]
    [InlineData(1.24, nameof(GradientsLevel))]
    [InlineData(1.3, nameof(ExplodingBackpropagatedGradient))]
    public void FactorForEachLayer_FiresExactlyOne(double factor, string name)
    {
        var trial = History.Of("tanh", 5, History.Sds(Quantity.BackpropagatedGradient, [.. Enumerable.Range(0, 5).Select(k => Math.Pow(factor, 4 - k))]));
        var fired = new[] { VanishingBackpropagatedGradient.Find(trial), GradientsLevel.Find(trial), ExplodingBackpropagatedGradient.Find(trial) }.Single(f =>
            f is not null)!;
        Assert.Equal(name, fired.Name);
        Assert.Equal(factor, fired.Evidence["perLayer"], 1e-12);
        Assert.Equal(Math.Pow(factor, 4), fired.Evidence["ratio"], 1e-12);
    }

    [Fact]
    public void WeightGradients_AreToldBesideVanishing()
    {
        var rows = History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1).Concat(History.Sds(Quantity.WeightGradient, 1, 1.2, 1.5));
        Assert.Equal(
            "At initialization back-propagated gradients vanish: their sd in layer 1 is 0.25 times that in layer 3 (a factor 0.50 for each layer), "
            + "while those of weight gradients stay within a factor 1.5.",
            VanishingBackpropagatedGradient.Find(History.Of("tanh", 3, rows))!.Sentence);
    }

    [Fact]
    public void RowsBelowUpdateZero_AreLeftOutAndUpdateZeroIsAfterPretraining()
    {
        var after = History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1).ToList();
        var before = after.Select(row => row with { Update = -100, Sd = 1 });
        Assert.StartsWith("After pre-training back-propagated gradients vanish: their sd in layer 1 is 0.25 times that in layer 3",
            VanishingBackpropagatedGradient.Find(History.Of("tanh", 3, before.Concat(after)))!.Sentence);
        var curveAlone = new TrialHistory(History.Facts("tanh", 3), [new(-100, "pretrain-1", 5, double.NaN)], after);
        Assert.StartsWith("After pre-training ", VanishingBackpropagatedGradient.Find(curveAlone)!.Sentence);
    }

    [Fact]
    public void WeightGradientsFarApart_AreNotToldAsStayingTogether()
    {
        var rows = History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5, 1).Concat(History.Sds(Quantity.WeightGradient, 1, 4, 20));
        Assert.EndsWith(", and those of weight gradients differ by a factor 20.", VanishingBackpropagatedGradient.Find(History.Of("tanh", 3, rows))!.Sentence);
    }

    [Fact]
    public void LayerMissingOneHiddenLayerOrDeadGradients_FireNothing()
    {
        Assert.Null(VanishingBackpropagatedGradient.Find(History.Of("tanh", 3, History.Sds(Quantity.BackpropagatedGradient, 0.25, 0.5))));
        Assert.Null(GradientsLevel.Find(History.Of("tanh", 1, History.Sds(Quantity.BackpropagatedGradient, 1))));
        Assert.Null(VanishingBackpropagatedGradient.Find(History.Of("tanh", 2, History.Sds(Quantity.BackpropagatedGradient, 0, 0))));
    }
}
