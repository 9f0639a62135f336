using Sonde.Analysis.Trials;
using Sonde.Figures.Tests;
using Sonde.Records.Trials;

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

    // Rungs have no evaluation of their own. A trial that was stopped at one was shown with the test error of the evaluation before, that of update 0.
    [Fact]
    public void TrialStoppedBetweenEvaluations_HasTheErrorOfItsEnd()
    {
        var whole = SyntheticTrials.FirstLook[2];
        var begin = whole.Curve.Min(point => point.Update);
        var stopped = whole with
        {
            Curve = [.. whole.Curve.Where(point => point.Update == begin)],
            Manifest = whole.Manifest with
            {
                Status = TrialStatus.Done,
                Updates = 30,
                Result = new(1, 41, 1.5, 42, 1.6) { TestRmse = 3, TestMae = 2 },
                Stop = new(TrialStop.Rung, 30, "Stopped at rung 2 of 3."),
            },
        };
        var summary = TrialSummary.Of(stopped);
        Assert.Equal((42, 3, 2), (summary.TestError, summary.TestRmse, summary.TestMae));
        Assert.DoesNotContain("at update 0", summary.Verdict.Sentence, StringComparison.Ordinal);
        Assert.Contains("42.0 %", summary.Verdict.Sentence, StringComparison.Ordinal);
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
