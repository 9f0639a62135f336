namespace Sonde.Figures.Tests;

public class TrialSummaryTests
{
    [Fact]
    public void FullTrial_NumbersComeFromItsRows()
    {
        var summary = TrialSummary.Of(SyntheticTrials.FirstLook[2]);
        Assert.Equal(57.1, summary.TestError!.Value, 0.1);
        Assert.Equal(5, summary.SaturatedShares.Count);
        Assert.Equal(0.7, summary.SaturatedShares[0], 1e-9);
        Assert.NotEqual(summary.FirstGradientRatio, summary.LastGradientRatio);
    }

    [Fact]
    public void EmptyTrial_HasNoNumbers()
    {
        var summary = TrialSummary.Of(SyntheticTrials.Empty());
        Assert.Null(summary.TestError);
        Assert.Null(summary.FirstGradientRatio);
        Assert.Empty(summary.SaturatedShares);
    }

    [Theory]
    [InlineData(0.0094, "0.0094")]
    [InlineData(0.58, "0.58")]
    [InlineData(2.0, "2.0")]
    [InlineData(1234.0, "1.2e+3")]
    [InlineData(0.00042, "4.2e-4")]
    [InlineData(null, "–")]
    public void Ratio_HasTwoDigits(double? ratio, string text) => Assert.Equal(text, ReportTable.Ratio(ratio));
}
