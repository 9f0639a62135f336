using Sonde.Cli.Run;
using Sonde.Running.Trials;

namespace Sonde.Cli.Tests.Run;

/// <summary>What a view of a run knows before the training begins.</summary>
public sealed class RunViewTests
{
    [Fact]
    public async Task Training_BeginsWhenTheViewHasSeenTheTrials()
    {
        var hasTrained = false;
        var view = new WaitingView(() => hasTrained);

        await view.Follow([], () => hasTrained = true);

        Assert.False(view.HadTrainedBefore);
        Assert.True(view.HadTrainedAfter);
    }

    [Fact]
    public async Task FailureOfTheTraining_ReachesTheCaller()
    {
        var failure = await Assert.ThrowsAsync<IOException>(() => new WaitingView(() => false).Follow([], () => throw new IOException("no room")));
        Assert.Equal("no room", failure.Message);
    }

    /// <summary>The line of a trial that ended between the last look at it and the end of the work was missing, once in many runs.</summary>
    [Fact]
    public async Task WhatEndsAfterALook_IsSeenByAnother()
    {
        using var looked = new ManualResetEventSlim();
        var (hasTrained, seen) = (false, false);
        var view = new RepeatingView(work =>
        {
            seen = hasTrained;
            looked.Set();
            Assert.True(SpinWait.SpinUntil(() => work.IsCompleted, TimeSpan.FromMinutes(1)));
        });

        await view.Follow([], () =>
        {
            looked.Wait();
            hasTrained = true;
        });

        Assert.True(seen);
    }

    private sealed class RepeatingView(Action<Task> look) : RunView
    {
        protected override Task Show(IReadOnlyList<TrialProgress> trials, Func<Task> begin)
        {
            var work = begin();
            return Repeat(work, TimeSpan.FromMilliseconds(1), () => look(work));
        }
    }

    private sealed class WaitingView(Func<bool> hasTrained) : RunView
    {
        public bool HadTrainedBefore { get; private set; }

        public bool HadTrainedAfter { get; private set; }

        protected override async Task Show(IReadOnlyList<TrialProgress> trials, Func<Task> begin)
        {
            await Task.Yield();
            HadTrainedBefore = hasTrained();
            await Task.WhenAny(begin());
            HadTrainedAfter = hasTrained();
        }
    }
}
