using Sonde.Running.Estimating;
using Sonde.Running.Launching;
using Sonde.Studies;

namespace Sonde.Running.Tests.Launching;

public sealed class WorkerNeedsTests
{
    private static readonly Trial Trial = StudyList.Open("first-look").Trials[0];

    [Theory]
    [InlineData(1, 60)]   // 1,500 s of work for one worker: twice 25 minutes, and ten
    [InlineData(2, 50)]   // 1,200 s, the longest trial
    [InlineData(9, 50)]
    public void Time_IsTwiceTheLongerOfAShareAndTheLongestTrialAndTenMinutes(int workers, long minutes)
    {
        var needs = WorkerNeeds.Of(Estimate(1200, 300), workers, null, peakBytes: 100_000_000);
        Assert.Equal((TimeSpan.FromMinutes(minutes), 2), (needs.Time!.Value, needs.Threads));
    }

    [Theory]
    [InlineData(100, 1024)]
    [InlineData(600, 1280)]
    [InlineData(5000, 10_240)]
    public void Memory_IsTwiceWhatTheEstimateTookAndAtLeastOneGigabyte(long peakMegabytes, long megabytes) =>
        Assert.Equal(megabytes, WorkerNeeds.Of(Estimate(60), 1, null, peakMegabytes * 1_000_000).Megabytes);

    [Fact]
    public void NothingMeasured_AsksForNeitherMemoryNorTime()
    {
        var needs = WorkerNeeds.Of(new([new(Trial, "waiting", 100, null, null)], 1, 0, ["mnist is missing"]), 3, null, 100);
        Assert.Equal((1, null, null), (needs.Threads, needs.Megabytes, needs.Time));
        Assert.Contains("nothing was measured", needs.ThreadsReason);
    }

    [Fact]
    public void GivenThreads_Count()
    {
        var needs = WorkerNeeds.Of(Estimate(60), 1, 6, 100);
        Assert.Equal(6, needs.Threads);
        Assert.Equal("Threads of a worker: given with --threads.", needs.ThreadsReason);
    }

    private static StudyEstimate Estimate(params double[] seconds) =>
        new([.. seconds.Select(time => new TrialEstimate(Trial, "waiting", 100, time, 1000))], 4, 0, []) { Threads = 2 };
}
