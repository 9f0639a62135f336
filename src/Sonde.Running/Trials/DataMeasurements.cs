using System.Collections.Concurrent;
using Sonde.Data;
using Sonde.Probes;

namespace Sonde.Running.Trials;

/// <summary>The rows about the examples that trials learn from, measured once for all trials of a study that see the same examples in the same order.</summary>
internal sealed class DataMeasurements
{
    private readonly ConcurrentDictionary<(Dataset Data, ulong Seed, long Begin), Lazy<IReadOnlyList<LayerStatistics>>> measured = [];

    /// <summary>Returns the rows.</summary>
    /// <param name="data">The examples.</param>
    /// <param name="seed">The trial's seed, which decides their order.</param>
    /// <param name="begin">The update count at which the trial begins.</param>
    public IReadOnlyList<LayerStatistics> Of(Dataset data, ulong seed, long begin) =>
        measured.GetOrAdd((data, seed, begin), key => new(() => DataRows.Measure(key.Data, key.Seed, key.Begin))).Value;
}
