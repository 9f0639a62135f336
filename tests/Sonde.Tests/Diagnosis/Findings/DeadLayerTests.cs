using Sonde.Diagnosis.Findings;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Findings;

public class DeadLayerTests
{
    [Fact]
    public void MostUnitsBelowTheLimit_FireBesideLargerActivations() => Assert.Equal(
        "62 % of the units of layer 2 are dead: below 0.05 on every probe example at update 4,000.",
        DeadLayer.Find(History.Of("relu", 2, [Row(1, 0.4, 0.1, 3.1), Row(2, 0.2, 0.62, 2.4)]))!.Sentence);

    // Standard weights make relu's activations shrink layer by layer: all below 0.05, and none dead.
    [Fact]
    public void SmallActivations_AreNotDead() => Assert.Null(DeadLayer.Find(History.Of("relu", 1, [Row(1, 0.004, 1, 0.03)])));

    [Fact]
    public void AnActivationWithTwoLimits_HasNoDeadLayers() => Assert.Null(DeadLayer.Find(History.Of("sigmoid", 1, [Row(1, 0, 1, 0)])));

    private static LayerStatistics Row(int layer, double mean, double dead, double max) =>
        History.Row(4000, layer, Quantity.Activation, mean) with { Dead = dead, Max = max };
}
