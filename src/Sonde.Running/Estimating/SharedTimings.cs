using Sonde.Networks;
using Sonde.Running.Workloads;

namespace Sonde.Running.Estimating;

/// <summary>Timings that the estimates of several studies share: each network is timed once, and only a few at all.</summary>
/// <param name="most">How many networks are timed, a second each, 1 or more; the others are estimated by their multiplications.</param>
internal sealed class SharedTimings(int most)
{
    private readonly Dictionary<Workload, WorkloadCost> timed = [];

    /// <summary>Times a workload if it is new and the number allows it.</summary>
    internal void Time(Workload workload, Func<WorkloadCost> measure)
    {
        if (timed.Count < most && !timed.ContainsKey(workload))
            timed[workload] = measure();
    }

    /// <summary>Returns a workload's own cost, or one estimated from the timed workload that is most like it.</summary>
    internal WorkloadCost Get(Workload workload, Network network)
    {
        if (timed.TryGetValue(workload, out var cost))
            return cost;
        var size = Workload.Multiplications(network);
        var (nearest, known) = timed.MinBy(t => Math.Abs(Math.Log(Workload.Multiplications(t.Value.Network) / size)));
        return known.For(network, workload, nearest);
    }
}
