using Sonde.Running.Cores;

namespace Sonde.Running.Tests.Cores;

public sealed class CoreAllocationTests
{
    [Theory]
    [InlineData(2, 8, "1x2 2x1")]
    [InlineData(8, 20, "1x8 2x4 4x2 8x1")]
    [InlineData(8, 3, "1x8 2x4 3x2 3x1")]
    [InlineData(8, 1, "1x8 1x1")]
    [InlineData(1, 5, "1x1")]
    [InlineData(6, 4, "1x6 2x3 4x1")]
    public void Candidates_UseAllCores(int cores, int trials, string expected) =>
        Assert.Equal(expected, string.Join(' ', CoreAllocation.Candidates(cores, trials).Select(p => $"{p.Parallel}x{p.Threads}")));

    [Theory]
    [InlineData(1, 1e6, "1x1")]
    [InlineData(1, 5e6, "1x2 1x1")]
    [InlineData(1, 3e8, "1x1 1x2")]
    [InlineData(2, 3e8, "1x2 2x1")]
    public void Worthwhile_EndsWithWhatTrainsUntilTheOthersAreTried(int trials, double update, string expected) =>
        Assert.Equal(expected, string.Join(' ', CoreAllocation.Worthwhile(2, trials, (null, null), [new TrialWork(1000, update, update)])
            .Select(p => $"{p.Parallel}x{p.Threads}")));

    /// <summary><c>--threads 99</c> on two cores made a hundredth of the updates per second without a word.</summary>
    [Theory]
    [InlineData(1, 99, 2, "99 threads share 2 cores and wait for one another (one trial at a time, 99 threads). Fewer are faster: --threads 2.")]
    [InlineData(2, 2, 2, "4 threads share 2 cores and wait for one another (2 trials at a time, 2 threads each). Fewer are faster: --threads 1.")]
    [InlineData(3, 2, 1, "6 threads share 1 core and wait for one another (3 trials at a time, 2 threads each). Fewer are faster: --threads 1.")]
    [InlineData(2, 2, 4, null)]
    [InlineData(5, 1, 2, null)]
    public void Crowding_IsSaidIfThreadsThatWaitForOneAnotherShareCores(int parallel, int threads, int cores, string? expected) =>
        Assert.Equal(expected, new CoreAllocation(parallel, threads).CrowdingOn(cores));

    [Fact]
    public void Fastest_IsTheOneWithMostUpdatesOverAllItsTrials()
    {
        CoreAllocation[] candidates = [new(1, 4), new(2, 2), new(4, 1)];
        Assert.Equal(candidates[2], CoreAllocation.Fastest(candidates, p => p.Parallel));
        Assert.Equal(candidates[0], CoreAllocation.Fastest(candidates, p => p.Threads));
        Assert.Equal(candidates[1], CoreAllocation.Fastest(candidates, p => p.Parallel == 2 ? 200 : 100));
    }

    [Fact]
    public void Fastest_PrefersFewerTrialsWhereTheGainIsSmall() =>
        Assert.Equal(new CoreAllocation(1, 2), CoreAllocation.Fastest([new(1, 2), new(2, 1)], p => p.Parallel == 1 ? 100 : 102));
}
