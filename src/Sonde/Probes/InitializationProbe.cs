using Sonde.Data;
using Sonde.Engines;
using Sonde.Networks;
using Sonde.Optimizers;

namespace Sonde.Probes;

/// <summary>Measures a network as it is before its first update (paper, figures 6, 7, 8).</summary>
public static class InitializationProbe
{
    /// <summary>Weight gradients are of mini-batches of so many examples, as in the paper (section 2.3).</summary>
    public const int Batch = 10;

    /// <summary>All statistics of every layer, one seed after the other.</summary>
    /// <param name="network">The network.</param>
    /// <param name="data">Its probe examples are looked at.</param>
    /// <param name="seeds">Each gives other initial weights.</param>
    /// <param name="examples">How many probe examples.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="probes">What to measure; null for <see cref="ProbeList.All"/>.</param>
    /// <returns>Per seed, the rows of the probes at update 0, computed as they are asked for.</returns>
    public static IEnumerable<IReadOnlyList<LayerStatistics>> Measure(
        Network network, Dataset data, IEnumerable<ulong> seeds, int examples, int threads, IReadOnlyList<Probe>? probes = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(seeds);
        var (inputs, labels) = data.ReadFirst(examples, Split.Probe, 0);
        // Nothing is updated; updates are reported at the learning rate 1, which makes them the weight gradients' negatives.
        using var engine = Engine.Create(network, Batch, new Sgd(1), threads);
        var observation = new Observation(network, ProbeSet.NeedsOf(probes ??= ProbeList.All));
        foreach (var seed in seeds)
        {
            engine.Load(Parameters.Initialize(network, seed));
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
