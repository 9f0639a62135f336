using Sonde.Diagnosis.Findings;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Findings;

public class SaturatingTests
{
    [Fact]
    public void GrownShare_FiresForTheMostSaturatedLayer()
    {
        var finding = Saturating.Find(History.Of("tanh", 2, Shares(0, 0.01, 0).Concat(Shares(4000, 0.45, 0.3))))!;
        Assert.Equal("Layer 1 saturates: 45 % of its activations at update 4,000, 1 % at the start.", finding.Sentence);
    }

    [Fact]
    public void SmallShare_DoesNotFire() => Assert.Null(Saturating.Find(History.Of("tanh", 2, Shares(0, 0, 0).Concat(Shares(4000, 0.19, 0.1)))));

    [Fact]
    public void ShareThatWasThereFromTheStart_DoesNotFire() =>
        Assert.Null(Saturating.Find(History.Of("tanh", 2, Shares(0, 0.4, 0).Concat(Shares(4000, 0.45, 0.1)))));

    [Fact]
    public void ZerosOfRelu_AreNotCalledSaturation() =>
        Assert.Null(Saturating.Find(History.Of("relu", 2, Shares(0, 0.5, 0.5).Concat(Shares(4000, 0.85, 0.7)))));

    [Fact]
    public void NoNotionOfSaturation_DoesNotFire() =>
        Assert.Null(Saturating.Find(History.Of("linear", 2, History.Means(0, 1, 1).Concat(History.Means(9, 1, 1)))));

    private static IEnumerable<LayerStatistics> Shares(long update, params double[] shares) =>
        shares.Select((share, k) => History.Row(update, k + 1, Quantity.Activation, saturated: share));
}
