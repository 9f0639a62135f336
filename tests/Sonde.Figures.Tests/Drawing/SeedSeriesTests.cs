using Sonde.Figures.Drawing;

namespace Sonde.Figures.Tests.Drawing;

public sealed class SeedSeriesTests
{
    [Fact]
    public void Seeds_AreAMeanAndTheirRange()
    {
        var series = SeedSeries.FromPoints([(10.0, 3.0), (0, 1), (0, 2), (10, double.NaN)]);
        Assert.Equal([0, 10], series.Xs);
        Assert.Equal([1.5, 3], series.Mean);
        Assert.Equal([1, 3], series.Low);
        Assert.Equal([2, 3], series.High);
        Assert.True(series.HasRange);
        Assert.False(SeedSeries.FromPoints([(0.0, 1.0)]).HasRange);
    }
}
