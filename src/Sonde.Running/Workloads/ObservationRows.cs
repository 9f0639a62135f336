using Sonde.Probes;

namespace Sonde.Running.Workloads;

/// <summary>The rows that probes record at one observation.</summary>
internal sealed class ObservationRows : IProbeLog
{
    public List<LayerStatistics> Layers { get; private init; } = [];

    public List<LayerHistogram> Histograms { get; private init; } = [];

    public void Record(LayerStatistics row) => Layers.Add(row);

    public void Record(LayerHistogram row) => Histograms.Add(row);

    /// <summary>Returns as many rows as a network of another depth would record.</summary>
    public ObservationRows For(int layers)
    {
        // The output layer has other rows than the hidden layers, so its rows represent only an output layer.
        var there = Layers.Select(row => row.Layer).DefaultIfEmpty(1).Max();
        List<T> Repeated<T>(List<T> rows, Func<T, int> layerOf) =>
            [.. Enumerable.Range(0, layers).SelectMany(i => rows.Where(row => layerOf(row) == (i == layers - 1 ? there : i % Math.Max(1, there - 1) + 1)))];
        return new() { Layers = Repeated(Layers, row => row.Layer), Histograms = Repeated(Histograms, row => row.Layer) };
    }
}
