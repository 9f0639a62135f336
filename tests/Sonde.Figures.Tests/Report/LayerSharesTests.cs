using Sonde.Figures.Report;

namespace Sonde.Figures.Tests.Report;

/// <summary>The saturation of each layer in a line of progress, a cell of a table and a report, however many layers there are.</summary>
public sealed class LayerSharesTests
{
    private static double[] Shares(int layers, params (int Layer, double Share)[] some)
    {
        var shares = new double[layers];
        foreach (var (layer, share) in some)
            shares[layer - 1] = share;
        return shares;
    }

    [Fact]
    public void TenLayers_HaveANumberEach() => Assert.Equal("0 0 1 0 0 0 0 0 0 42", LayerShares.Text(Shares(10, (3, 0.01), (10, 0.42))));

    [Fact]
    public void MoreLayers_HaveTheirEndsAndTheLargest() => Assert.Equal(
        "0 · 0 · 1 ... 0 · 0 · 7 (layer 120: 43)", LayerShares.Text(Shares(200, (3, 0.01), (120, 0.43), (121, 0.43), (200, 0.07)), " · "));

    [Fact]
    public void TwentyLayers_HaveABarEach()
    {
        var shares = Shares(20, (3, 1), (20, 0.42));
        Assert.Equal(shares, LayerShares.Bars(shares));
    }

    [Theory]
    [InlineData(21)]
    [InlineData(39)]
    [InlineData(200)]
    public void MoreLayers_ShareBars_AndNoneIsLost(int layers)
    {
        for (var layer = 1; layer <= layers; layer++)
        {
            var bars = LayerShares.Bars(Shares(layers, (layer, 0.7)));
            Assert.Equal(20, bars.Count);
            Assert.Equal(0.7, Assert.Single(bars, bar => bar > 0));
        }
    }

    [Fact]
    public void NoLayers_HaveNothing()
    {
        Assert.Empty(LayerShares.Bars([]));
        Assert.Equal("", LayerShares.Text([]));
    }
}
