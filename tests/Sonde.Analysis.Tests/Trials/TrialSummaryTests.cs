using Sonde.Analysis.Trials;
using Sonde.Figures.Tests;

namespace Sonde.Analysis.Tests.Trials;

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
}
