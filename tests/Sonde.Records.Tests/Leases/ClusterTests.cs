namespace Sonde.Records.Tests.Leases;

/// <summary>A thousand workers in simulated time: killed ones, machines that stop and come back, slow disks, caches of attributes, clocks minutes
/// apart.</summary>
public sealed class ClusterTests
{
    private static readonly ClusterSetting Rough = new()
    {
        Workers = 1000, Trials = 1200, AttributeCache = TimeSpan.FromSeconds(60), SlowestStep = TimeSpan.FromSeconds(2),
        ClockDifference = TimeSpan.FromMinutes(10), Killed = 0.003, Frozen = 0.02,
    };

    [Fact]
    public void ThousandWorkers_FinishEveryTrialOnceWhateverHappensToThem()
    {
        using var folder = new TemporaryFolder();
        var cluster = Cluster.Run(Rough, folder.Path, seed: 1);
        AssertWhole(cluster, Rough);
        Assert.True(cluster is { Kills: > 50, Freezes: > 50, LostByTheLiving: 0 }, Words(cluster));
    }

    [Fact]
    public void UndisturbedWorkers_RepeatNothing()
    {
        using var folder = new TemporaryFolder();
        var calm = Rough with { Workers = 200, Trials = 400, Killed = 0, Frozen = 0 };
        var cluster = Cluster.Run(calm, folder.Path, seed: 2);
        AssertWhole(cluster, calm);
        Assert.Equal(calm.Trials * 4, cluster.Published.Count);
        Assert.All(cluster.Published, piece => Assert.Equal(1, piece.Attempt));
    }

    /// <summary>Shows that the simulation would see it: caches that live longer than the patience make workers take over from the living. Even then no
    /// trial is lost and nobody writes after the new owner.</summary>
    [Fact]
    public void CachesLongerThanThePatience_CostWorkAndNoTrial()
    {
        using var folder = new TemporaryFolder();
        var stale = Rough with
        {
            Workers = 60,
            Trials = 6,
            AttributeCache = TimeSpan.FromMinutes(5),
            Piece = TimeSpan.FromMinutes(2),
            Killed = 0,
            Frozen = 0,
        };
        var cluster = Cluster.Run(stale, folder.Path, seed: 3);
        AssertWhole(cluster, stale);
        Assert.True(cluster.LostByTheLiving > 0, Words(cluster));
    }

    private static void AssertWhole(Cluster cluster, ClusterSetting setting)
    {
        Assert.All(Enumerable.Range(0, setting.Trials), trial => Assert.True(cluster.IsDone(trial), $"trial {trial} is not done"));
        foreach (var pieces in cluster.Published.GroupBy(piece => piece.Trial))
        {
            // Nobody writes after a later owner, and each piece is put there once. One that was killed just after it put a piece there is not listed.
            Assert.Equal(pieces.Select(piece => piece.Attempt).Order(), pieces.Select(piece => piece.Attempt));
            Assert.Equal(pieces.Select(piece => piece.Done).Distinct().Order(), pieces.Select(piece => piece.Done));
        }
    }

    private static string Words(Cluster cluster) =>
        $"{cluster.Kills} killed, {cluster.Freezes} stopped for a while, {cluster.LostByTheLiving} lost by the living, {cluster.Steps} steps";
}
