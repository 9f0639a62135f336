using Sonde.Cli.Shell;
using Sonde.Cli.Trials;

namespace Sonde.Cli.Tests.Shell;

/// <summary>The saturation of each layer in a line of progress and in a cell of a table, however many layers there are.</summary>
public sealed class SharesOfLayersTests
{
    private static double[] Shares(int layers, params (int Layer, double Share)[] some)
    {
        var shares = new double[layers];
        foreach (var (layer, share) in some)
            shares[layer - 1] = share;
        return shares;
    }

    [Fact]
    public void TenLayers_HaveANumberEach() =>
        Assert.Equal("0 0 1 0 0 0 0 0 0 42", QuantityText.WholePerCent(Shares(10, (3, 0.01), (10, 0.42))));

    [Fact]
    public void MoreLayers_HaveTheirEndsAndTheLargest() =>
        Assert.Equal("0 0 1 ... 0 0 7 (layer 120: 43)", QuantityText.WholePerCent(Shares(200, (3, 0.01), (120, 0.43), (121, 0.43), (200, 0.07))));

    [Fact]
    public void TwentyLayers_HaveABarEach() => Assert.Equal("00900000000000000004", SaturationBars.Draw(Shares(20, (3, 1), (20, 0.42)), canDrawBlocks: false));

    [Theory]
    [InlineData(21)]
    [InlineData(39)]
    [InlineData(200)]
    public void MoreLayers_ShareBars_AndNoneIsLost(int layers)
    {
        for (var layer = 1; layer <= layers; layer++)
        {
            var bars = SaturationBars.Draw(Shares(layers, (layer, 1)), canDrawBlocks: false);
            Assert.Equal(20, bars.Length);
            Assert.Equal(1, bars.Count(bar => bar == '9'));
        }
    }

    [Fact]
    public void NoLayers_HaveADash() => Assert.Equal("-", SaturationBars.Draw([], canDrawBlocks: true));
}
