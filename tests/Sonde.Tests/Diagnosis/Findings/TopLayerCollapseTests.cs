using Sonde.Diagnosis.Findings;
using Sonde.Probes;

namespace Sonde.Tests.Diagnosis.Findings;

public class TopLayerCollapseTests
{
    [Fact]
    public void SigmoidTopFallsWhileOthersRise_Fires()
    {
        var rows = History.Means(0, 0.5, 0.5, 0.5, 0.5).Concat(History.Means(200, 0.52, 0.53, 0.55, 0.3)).Concat(History.Means(400, 0.55, 0.57, 0.6, 0.06))
            .Concat(History.Means(4000, 0.56, 0.58, 0.62, 0.02));
        var finding = TopLayerCollapse.Find(History.Of("sigmoid", 4, rows))!;
        Assert.Equal(
            "The top hidden layer (4) collapsed: its mean activation fell from 0.50 to 0.060 within 400 updates and ends at 0.020, while layers 1 to 3 are at "
                + "0.56 to 0.62.",
            finding.Sentence);
        Assert.Equal(400, finding.Evidence["withinUpdates"]);
    }

    [Fact]
    public void TopThatStays_DoesNotFire() =>
        Assert.Null(TopLayerCollapse.Find(History.Of("sigmoid", 2, History.Means(0, 0.5, 0.5).Concat(History.Means(400, 0.6, 0.4)))));

    [Fact]
    public void SparseTop_DoesNotFire() =>
        Assert.Null(TopLayerCollapse.Find(History.Of("sigmoid", 2,
            [.. History.Means(0, 0.5, 0.5), History.Row(400, 1, Quantity.Activation, 0.6), History.Row(400, 2, Quantity.Activation, 0.03, sd: 0.08)])));

    [Fact]
    public void TopThatRecovers_DoesNotFire() =>
        Assert.Null(TopLayerCollapse.Find(History.Of("sigmoid", 2,
            History.Means(0, 0.5, 0.5).Concat(History.Means(400, 0.6, 0.02)).Concat(History.Means(9000, 0.6, 0.4)))));

    [Fact]
    public void AllLayersFall_DoesNotFire() =>
        Assert.Null(TopLayerCollapse.Find(History.Of("sigmoid", 2, History.Means(0, 0.5, 0.5).Concat(History.Means(400, 0.02, 0.02)))));

    [Fact]
    public void SymmetricActivation_DoesNotFire() =>
        Assert.Null(TopLayerCollapse.Find(History.Of("tanh", 2, History.Means(0, 0.5, 0.5).Concat(History.Means(400, 0.6, 0.02)))));
}
