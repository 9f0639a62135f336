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
