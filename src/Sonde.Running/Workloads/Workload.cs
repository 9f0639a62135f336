using Sonde.Data;
using Sonde.Networks;
using Sonde.Studies;

namespace Sonde.Running.Workloads;

/// <summary>What decides how long an update takes and what a look at a network leaves: trials of one workload need to be timed once.</summary>
/// <param name="Data">The dataset.</param>
/// <param name="Hidden">Hidden widths.</param>
/// <param name="Activation">The activation's name.</param>
/// <param name="Cost">The cost's name.</param>
/// <param name="Batch">Examples an update.</param>
/// <param name="ProbeExamples">Examples a look of the probes.</param>
/// <param name="JacobianExamples">Of these, examples with Jacobians.</param>
internal sealed record Workload(DatasetSetting Data, string Hidden, string Activation, string Cost, int Batch, int ProbeExamples, int JacobianExamples)
{
    public static Workload FromSetting(TrialSetting setting) => new(
        setting.Data, string.Join(',', setting.Hidden), setting.Activation.Name, setting.Cost.Name, setting.Plan.Batch, setting.Probe.Examples,
            setting.Probe.MeasuredJacobians);

    /// <summary>What the work of a look follows: that of its examples and that of its Jacobians.</summary>
    public double ObservationWork(Network network) => ProbeExamples * Multiplications(network) + JacobianExamples * Enumerable.Range(1, network.Depth).Sum(
        layer => (double)network.FanIn(layer) * network.FanOut(layer) * Math.Min(network.FanIn(layer), network.FanOut(layer)));

    /// <summary>Updates between two update counts of a trial, in supervised ones: those of pre-training count by their multiplications.</summary>
    /// <param name="setting">The trial.</param>
    /// <param name="network">Its network.</param>
    /// <param name="from">Updates done before.</param>
    /// <param name="to">Updates done after.</param>
    public static double SupervisedUpdates(TrialSetting setting, Network network, long from, long to) =>
        Math.Max(0, to - Math.Max(0, from)) + Math.Max(0, Math.Min(0, to) - from) * PretrainingUpdate(network);

    // On the way to a layer each weight below it is used once; its own to encode, to decode, to propagate and twice to move: where a supervised update uses
    // each three times.
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

    /// <summary>Multiplications of one example going forward, which all other work follows.</summary>
    public static double Multiplications(Network network) =>
        Enumerable.Range(1, network.Layers).Sum(layer => (double)network.FanIn(layer) * network.FanOut(layer));
}

/// <summary>What a workload costs.</summary>
/// <param name="Network">A network of it.</param>
/// <param name="Update">Seconds of an update with its data.</param>
/// <param name="Example">Seconds of an evaluated example with its data.</param>
/// <param name="Observation">Seconds of a look of the probes.</param>
/// <param name="Rows">What a look leaves.</param>
internal sealed record WorkloadCost(Network Network, double Update, double Example, double Observation, ObservationRows Rows)
{
    /// <summary>The cost of another workload, reckoned by its multiplications.</summary>
    public WorkloadCost For(Network network, Workload workload, Workload timed)
    {
        var work = Workload.Multiplications(network) / Workload.Multiplications(Network);
        return new(
            network, Update * work * workload.Batch / timed.Batch, Example * work, Observation * workload.ObservationWork(network) / timed.ObservationWork(Network),
            Rows.For(network.Layers));
    }
}
