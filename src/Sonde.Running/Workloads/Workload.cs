using Sonde.Data;
using Sonde.Networks;
using Sonde.Running.Cores;
using Sonde.Studies;

namespace Sonde.Running.Workloads;

/// <summary>The settings that decide how long an update and an observation take: Sonde times trials of one workload once.</summary>
/// <param name="Data">The dataset.</param>
/// <param name="Hidden">Hidden widths.</param>
/// <param name="Activation">The activation's name.</param>
/// <param name="Cost">The cost's name.</param>
/// <param name="Batch">Examples per update.</param>
/// <param name="ProbeExamples">Examples per observation of the probes.</param>
/// <param name="JacobianExamples">How many of these have Jacobians.</param>
internal sealed record Workload(DatasetSetting Data, string Hidden, string Activation, string Cost, int Batch, int ProbeExamples, int JacobianExamples)
{
    public static Workload FromSetting(TrialSetting setting) => new(
        setting.Data, setting.Hidden.ToString(), setting.Activation.Name, setting.Cost.Name, setting.Plan.Batch, setting.Probe.Examples,
            setting.Probe.MeasuredJacobians);

    /// <summary>Returns the work of an observation, in multiplications: that of its examples and that of its Jacobians.</summary>
    public double ObservationWork(Network network) => ProbeExamples * Multiplications(network) + JacobianExamples * Enumerable.Range(1, network.Depth).Sum(
        layer => (double)network.FanIn(layer) * network.FanOut(layer) * Math.Min(network.FanIn(layer), network.FanOut(layer)));

    /// <summary>Counts updates between two update counts of a trial, in supervised updates: one of pre-training counts by its multiplications.</summary>
    /// <param name="setting">The trial.</param>
    /// <param name="network">Its network.</param>
    /// <param name="from">Updates done before.</param>
    /// <param name="to">Updates done after.</param>
    public static double SupervisedUpdates(TrialSetting setting, Network network, long from, long to) =>
        Math.Max(0, to - Math.Max(0, from)) + Math.Max(0, Math.Min(0, to) - from) * PretrainingUpdate(network);

    // A pre-training update uses each weight below its layer once, and its own five times: to encode, to decode, to propagate and twice to update. A
    // supervised update uses each weight three times.
    private static double PretrainingUpdate(Network network)
    {
        double below = 0, sum = 0;
        for (var layer = 1; layer <= network.Depth; layer++)
        {
            var own = (double)network.FanIn(layer) * network.FanOut(layer);
            sum += below + 5 * own;
            below += own;
        }
        return network.Depth == 0 ? 0 : sum / network.Depth / (3 * Multiplications(network));
    }

    /// <summary>Counts the multiplications of one example in a forward pass; all other work is proportional to them.</summary>
    public static double Multiplications(Network network) =>
        Enumerable.Range(1, network.Layers).Sum(layer => (double)network.FanIn(layer) * network.FanOut(layer));
}

/// <summary>The measured times of a workload.</summary>
/// <param name="Network">A network of the workload.</param>
/// <param name="Update">Seconds of an update with its data.</param>
/// <param name="Example">Seconds of an evaluated example with its data.</param>
/// <param name="Observation">Seconds of an observation of the probes.</param>
/// <param name="Rows">The rows that an observation records.</param>
/// <param name="Allocation">How many trials trained at the same time, and with how many threads.</param>
internal sealed record WorkloadCost(Network Network, double Update, double Example, double Observation, ObservationRows Rows, CoreAllocation Allocation)
{
    /// <summary>Estimates the times of another workload from its multiplications.</summary>
    public WorkloadCost For(Network network, Workload workload, Workload timed)
    {
        var work = Workload.Multiplications(network) / Workload.Multiplications(Network);
        return new(
            network, Update * work * workload.Batch / timed.Batch, Example * work,
            Observation * workload.ObservationWork(network) / timed.ObservationWork(Network),
            Rows.For(network.Layers), Allocation);
    }
}
