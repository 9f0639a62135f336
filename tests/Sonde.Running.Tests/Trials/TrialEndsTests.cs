using Sonde.Running.Trials;

namespace Sonde.Running.Tests.Trials;

public sealed class TrialEndsTests
{
    private static readonly TimeSpan Forever = TimeSpan.FromDays(1), Long = TimeSpan.FromMinutes(1);
    private readonly TrialEnds ends = new();

    // A worker without a trial slept on when the last trial was done: a run of minutes ended up to ten seconds late.
    [Fact]
    public void ATrialEnds_AllThatWaitAreWoken()
    {
        var before = ends.Count;
        List<Thread> waiting = [new(() => ends.WaitForMore(before, Forever, default)), new(() => ends.WaitForMore(before, Forever, default))];
        waiting.ForEach(thread => thread.Start());
        Assert.False(waiting[0].Join(100));
        ends.Add();
        Assert.All(waiting, thread => Assert.True(thread.Join(Long)));
    }

    [Fact]
    public void ATrialEndedWhileTheCallerLooked_ItDoesNotWait()
    {
        var before = ends.Count;
        ends.Add();
        ends.WaitForMore(before, Forever, default);
        Assert.NotEqual(before, ends.Count);
    }

    [Fact]
    public void TheRunIsCancelled_TheWaitEnds()
    {
        using var stop = new CancellationTokenSource();
        var waiting = new Thread(() => ends.WaitForMore(ends.Count, Forever, stop.Token));
        waiting.Start();
        Assert.False(waiting.Join(100));
        stop.Cancel();
        Assert.True(waiting.Join(Long));
    }
}
