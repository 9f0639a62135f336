using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Probes;

/// <summary>Measures a network before its first update (paper, figures 6, 7, 8).</summary>
public static class InitializationProbe
{
    /// <summary>Examples per mini-batch, over which weight gradients are averaged, as in the paper (section 2.3).</summary>
    public const int Batch = 10;

    /// <summary>Measures all statistics of every layer, one seed after the other.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Its probe examples are observed.</param>
    /// <param name="seeds">The seeds; each gives other initial weights.</param>
    /// <param name="examples">How many probe examples.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="probes">The probes; null for <see cref="ProbeList.Basic"/>.</param>
    /// <returns>Per seed, the rows of the probes at update 0, computed when they are enumerated.</returns>
    public static IEnumerable<IReadOnlyList<LayerStatistics>> Measure(
        Network network, Dataset data, IEnumerable<ulong> seeds, int examples, int threads, IReadOnlyList<Probe>? probes = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return MeasureEach(network, data, seeds.Select(seed => Parameters.Initialize(network, data, seed)), examples, threads, probes);
    }

    /// <summary>Measures all statistics of every layer with given weights and biases, such as those of a network that was trained elsewhere.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Its probe examples are observed.</param>
    /// <param name="parameters">Of the network's shape.</param>
    /// <param name="examples">How many probe examples.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="probes">The probes; null for <see cref="ProbeList.Basic"/>.</param>
    /// <returns>The rows of the probes, at update 0.</returns>
    public static IReadOnlyList<LayerStatistics> Measure(
        Network network, Dataset data, Parameters parameters, int examples, int threads, IReadOnlyList<Probe>? probes = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(examples, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        return MeasureEach(network, data, [parameters], examples, threads, probes).Single();
    }

    private static IEnumerable<IReadOnlyList<LayerStatistics>> MeasureEach(
        Network network, Dataset data, IEnumerable<Parameters> each, int examples, int threads, IReadOnlyList<Probe>? probes)
    {
        var (inputs, labels) = data.ReadFirst(examples, Split.Probe, 0);
        // Nothing is updated; updates are reported at the learning rate 1, which makes them the weight gradients' negatives.
        using var engine = Engine.Create(network, Batch, new Sgd(1), threads);
        var observation = new Observation(network, ProbeSet.NeedsOf(probes ??= ProbeList.Basic));
        foreach (var parameters in each)
        {
            engine.Load(parameters);
            engine.Observe(inputs, labels, observation);
            var rows = new Rows();
            foreach (var probe in probes)
                probe.Measure(observation, rows);
            yield return rows.Statistics;
        }
    }

    private sealed class Rows : IProbeLog
    {
        public List<LayerStatistics> Statistics { get; } = [];

        public void Record(LayerStatistics row) => Statistics.Add(row);

        public void Record(LayerHistogram row)
        {
        }
    }
}
