using Sonde.Running.Trials;
using Sonde.Studies;

namespace Sonde.Running.Tests.Trials;

/// <summary>How fast a trial is, over all of it and lately.</summary>
public sealed class TrialRatesTests
{
    private static TrialProgress Progress() =>
        new(StudyFile.Parse("study: rates\nnetwork: {hidden: 10x1}\ntraining: {updates: 1000000}\n", "rates.yaml").Trials[0]);

    private static void Train(TrialProgress progress, int seconds, int updatesPerSecond)
    {
        var from = progress.Now;
        for (var k = 1; k <= seconds; k++)
            progress.Advance(from.Update + k * updatesPerSecond, from.TrainingSeconds + k);
    }

    [Fact]
    public void InTheFirstMinute_BothAreTheSame()
    {
        var progress = Progress();
        Assert.Null(progress.Now.RecentUpdatesPerSecond);
        Train(progress, 50, 100);
        Assert.Equal(100, progress.Now.UpdatesPerSecond);
        Assert.Equal(100, progress.Now.RecentUpdatesPerSecond);
    }

    /// <summary>A laptop had slept for hours, and the rest of a short run was said to take days.</summary>
    [Fact]
    public void TwoMinutesAfterAPause_TheRecentRateHasForgottenIt()
    {
        var progress = Progress();
        Train(progress, 300, 100);
        progress.Advance(progress.Now.Update + 1, progress.Now.TrainingSeconds + 3600);
        Train(progress, 121, 100);
        Assert.Equal(100, progress.Now.RecentUpdatesPerSecond!.Value, 1e-9);
        Assert.InRange(progress.Now.UpdatesPerSecond!.Value, 5, 15);
    }

    [Fact]
    public void TheRecentRate_IsOfOneToTwoMinutes()
    {
        var progress = Progress();
        Train(progress, 600, 100);
        for (var second = 1; second <= 240; second++)
        {
            Train(progress, 1, 300);
            var share = (progress.Now.RecentUpdatesPerSecond!.Value - 100) / 200;
            Assert.InRange(share, Math.Min(1, second / 121.0), Math.Min(1, second / 59.0));
        }
    }

    /// <summary>A trial that another process had trained before begins with a rate of its own.</summary>
    [Fact]
    public void WhenATrialIsTakenUp_BothBeginAnew()
    {
        var progress = Progress();
        Train(progress, 200, 100);
        progress.Change(now => now with { StartedAt = 500_000, Update = 500_000, StartSeconds = 9_000, TrainingSeconds = 9_000 });
        Assert.Null(progress.Now.RecentUpdatesPerSecond);
        Train(progress, 10, 40);
        Assert.Equal(40, progress.Now.UpdatesPerSecond);
        Assert.Equal(40, progress.Now.RecentUpdatesPerSecond);
    }
}
