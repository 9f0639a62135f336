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

    // Sonde once said that the steps of a network of dead units are too small, "by more than 0 of their sd", and that a larger rate would help.
    [Fact]
    public void StepsOfZero_AreNotBlamedOnTheRate() => Assert.Null(SmallSteps.Find(Stuck(
        [History.Row(1000, 1, Quantity.UpdateToWeightRatio), History.Row(1000, 2, Quantity.UpdateToWeightRatio)])));

    [Fact]
    public void EqualWeights_AreTheCause()
    {
        LayerStatistics Equal(int layer) => History.Row(0, layer, Quantity.Weight, mean: 0.1, sd: 0);
        Assert.Equal("At the start all weights of a layer are equal (0.10 in layer 1), so units of a hidden layer with equal biases "
            + "compute the same, and learn the same. Random weights change that.", EqualWeights.Find(Stuck([Equal(1), Equal(2), Equal(3)]))!.Sentence);
        // With random output weights, units get gradients of their own.
        Assert.Null(EqualWeights.Find(Stuck([Equal(1), Equal(2), History.Row(0, 3, Quantity.Weight)])));
    }

    [Fact]
    public void ANetworkThatLearns_HasNeither()
    {
        LayerStatistics[] rows = [.. Gradients(0, 0), .. Enumerable.Range(1, 3).Select(layer => History.Row(0, layer, Quantity.Weight, sd: 0))];
        var trial = new TrialHistory(new(2, ActivationList.Find("tanh")), History.Curve(88.7, 20), rows, 88.65);
        Assert.Null(ZeroGradients.Find(trial));
        Assert.Null(EqualWeights.Find(trial));
    }

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
