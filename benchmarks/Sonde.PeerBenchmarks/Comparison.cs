using Sonde.Measuring;
using Sonde.Running.Limits;

namespace Sonde.PeerBenchmarks;

/// <summary>What all contestants did on one workload.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Limits">What the machine does at most on each number of threads, measured at the time.</param>
/// <param name="CoreDistances">Nanoseconds from core to core and back, after each measurement of several threads; empty on one core.</param>
/// <param name="Own">Sonde, for each number of threads.</param>
/// <param name="Peers">The peers, for each number of threads.</param>
/// <param name="Missing">Peers that were not there or gave up, with the reason.</param>
internal sealed record Comparison(
    Workload Workload, IReadOnlyDictionary<int, MachineLimits> Limits, IReadOnlyList<double> CoreDistances,
    IReadOnlyList<Measurement> Own, IReadOnlyList<Measurement> Peers, IReadOnlyDictionary<string, string> Missing)
{
    /// <summary>Sonde at its best number of threads.</summary>
    public Measurement Ours => Own.MaxBy(own => own.UpdatesPerSecond)!;

    /// <summary>The faster of PyTorch and libtorch at its best number of threads; null if neither ran.</summary>
    public Measurement? Framework => Fastest(entry => entry.IsFramework);

    /// <summary>C over OpenBLAS, with its own choice of kernels, at its best number of threads; null if it did not run.</summary>
    public Measurement? OpenBlas => Fastest(entry => entry == PeerList.OpenBlas);

    /// <summary>GFLOP/s of a measurement.</summary>
    public double Gigaflops(Measurement of) => 1e-9 * Workload.FlopsPerUpdate * of.UpdatesPerSecond;

    /// <summary>The share of what its threads could do at most.</summary>
    public double PeakShare(Measurement of) => 1e9 * Gigaflops(of) / Limits[of.Threads].OperationsPerSecond;

    /// <summary>The share of what its threads could do at most if weights had to move as well; null for a workload without known traffic.</summary>
    public double? BoundShare(Measurement of) => Workload.Work is { } work ? of.UpdatesPerSecond * Limits[of.Threads].LeastSeconds(work) : null;

    /// <summary>How many times faster Sonde is; null if there is nothing to compare with.</summary>
    public double? Ratio(Measurement? to) => to is null ? null : Ours.UpdatesPerSecond / to.UpdatesPerSecond;

    private Measurement? Fastest(Func<PeerEntry, bool> isMeant) =>
        Peers.Where(peer => PeerList.All.Any(entry => isMeant(entry) && entry.Name == peer.Name)).MaxBy(peer => peer.UpdatesPerSecond);
}

/// <summary>One contestant's updates per second in every round.</summary>
internal sealed record Measurement(string Name, int Threads, IReadOnlyList<double> Rounds)
{
    /// <summary>The median round.</summary>
    public double UpdatesPerSecond
    {
        get
        {
            var sorted = Rounds.Order().ToList();
            return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
        }
    }

    /// <summary>The distance of the fastest from the slowest round, over the median.</summary>
    public double Spread => (Rounds.Max() - Rounds.Min()) / UpdatesPerSecond;
}
