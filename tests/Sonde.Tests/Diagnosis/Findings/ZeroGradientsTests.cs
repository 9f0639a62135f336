using Sonde.Diagnosis;
using Sonde.Diagnosis.Findings;
using Sonde.Networks;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Findings;

public class ZeroGradientsTests
{
    [Fact]
    public void AllHiddenGradientsZero_AreNamed() => Assert.Equal(
        "All weight gradients of layers 1 and 2 are 0 at update 1,000, so these weights do not move, whatever the learning rate.",
        ZeroGradients.Find(Stuck(Gradients(0, 0)))!.Sentence);

    [Fact]
    public void OneLayerThatMoves_IsEnough() => Assert.Null(ZeroGradients.Find(Stuck(Gradients(0, 1e-9))));

    [Fact]
    public void ANetworkThatLearns_HasNone() =>
        Assert.Null(ZeroGradients.Find(new(new(2, ActivationList.Find("tanh")), History.Curve(88.7, 20), Gradients(0, 0), 88.65)));

    // With the dead layer named, the second sentence is free for large inputs, which killed it.
    [Fact]
    public void ADeadLayer_IsReasonEnough()
    {
        LayerStatistics dead = History.Row(1000, 1, Quantity.Activation, sd: 0), alive = History.Row(1000, 2, Quantity.Activation);
        Assert.Null(ZeroGradients.Find(History.Of("relu", 2, [.. Gradients(0, 0), dead, alive], 88.65, 88.7, 88.7)));
    }

    [Fact]
    public void CostThatWasHugeFromTheStart_IsNotSaidToHaveExploded() => Assert.StartsWith(
        "The cost is far too large from the start: 2.1e19 per test example, and 2.1e19 after 100 updates.",
        ExplodedCost.Find(new(new(2, null), [new(0, "test", 2.1e19, 51), new(100, "test", 2.1e19, 51)], []))!.Sentence, StringComparison.Ordinal);

    private static LayerStatistics[] Gradients(double first, double second) =>
        [History.Row(1000, 1, Quantity.WeightGradient, sd: first), History.Row(1000, 2, Quantity.WeightGradient, sd: second)];

    private static TrialHistory Stuck(LayerStatistics[] rows) => History.Of("tanh", 2, rows, 88.65, 88.7, 88.7);
}
