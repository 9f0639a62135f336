using Sonde.Networks;
using Sonde.Running.Limits;

namespace Sonde.Running.Tests.Limits;

public sealed class MachineLimitsTests
{
    private const double Gigabyte = 1e9;

    // 100 GFLOP/s; memory of up to 1 MB at 100 GB/s, of 4 MB and more at 20 GB/s.
    private static readonly MachineLimits Small = new(1, 100e9, [(1 << 20, 100 * Gigabyte), (4 << 20, 20 * Gigabyte)]);

    [Fact]
    public void PapersNetwork_Has281MegaflopsAndMoves20MegabytesThreeTimes()
    {
        var work = UpdateWork.Of(NetworkOf(1024, [1000, 1000, 1000, 1000, 1000], 9), batch: 10);
        Assert.Equal(10 * 2 * (2 * 1_024_000.0 + 3 * (4 * 1_000_000 + 9_000)), work.Operations);
        Assert.Equal(4.0 * (1_024_000 + 4_000_000 + 9_000), work.WeightBytes);
        Assert.Equal(3 * work.WeightBytes, work.MovedBytes);
    }

    [Theory]
    [InlineData(1 << 10, 100)]
    [InlineData(1 << 20, 100)]
    [InlineData(2 << 20, 60)]
    [InlineData(4 << 20, 20)]
    [InlineData(1 << 30, 20)]
    public void Bandwidth_LiesOnALineBetweenMeasuredSizes(long bytes, double gigabytes) =>
        Assert.Equal(gigabytes, Small.BandwidthAt(bytes) / Gigabyte, 9);

    [Fact]
    public void AnUpdate_TakesAtLeastTheLongerOfItsTwoTimes()
    {
        var computed = new UpdateWork(Operations: 1e9, WeightBytes: 1e6);
        Assert.Equal(0.01, Small.LeastSeconds(computed), 9);
        var moved = new UpdateWork(Operations: 1e6, WeightBytes: 100e6);
        Assert.Equal(3 * 100e6 / (20 * Gigabyte), Small.LeastSeconds(moved), 9);
    }

    [Fact]
    public void Best_HasTheHigherOfEachFigure()
    {
        var other = new MachineLimits(1, 50e9, [(1 << 20, 200 * Gigabyte), (4 << 20, 10 * Gigabyte)]);
        var best = Small.Best(other);
        Assert.Equal((100e9, 200 * Gigabyte, 20 * Gigabyte), (best.OperationsPerSecond, best.Bandwidths[0].PerSecond, best.Bandwidths[1].PerSecond));
    }

    [Fact]
    public void MoreThreadsThanLittleMemoryHasVectors_StillMovesSome() =>
        Assert.True(MemoryBandwidth.BytesPerSecond(1 << 10, threads: 16, TimeProvider.System) > 0);

    [Fact]
    public void Measured_EveryFigureIsAboveZeroAndSizesAscend()
    {
        var limits = MachineLimits.Measure(threads: 2, TimeProvider.System);
        Assert.Equal(2, limits.Threads);
        Assert.True(double.IsFinite(limits.OperationsPerSecond) && limits.OperationsPerSecond > 0);
        Assert.All(limits.Bandwidths, entry => Assert.True(double.IsFinite(entry.PerSecond) && entry.PerSecond > 0));
        Assert.Equal(limits.Bandwidths.Order(), limits.Bandwidths);
        Assert.True(limits.Bandwidths[0].Bytes < limits.Bandwidths[^1].Bytes);
    }

    [Fact]
    public void AnUpdateOfANetwork_TakesTime() =>
        Assert.InRange(UpdateSpeed.Seconds(NetworkOf(20, [10], 3), batch: 4, threads: 1, TimeProvider.System), 1e-9, 10);

    private static Network NetworkOf(int inputs, int[] hidden, int classes) =>
        new(inputs, hidden, classes, ActivationList.Find("tanh")!, InitializerList.Find("normalized")!, CostList.Find("nll")!);
}
