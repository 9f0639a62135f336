using Sonde.Numerics.Checks;
using Sonde.Training;

namespace Sonde.Probes;

/// <summary>Records what a trainer and probes measure in memory, in order of updates: enough for a verdict. Nothing is written to disk, and checkpoints are
/// not kept.</summary>
public sealed class MemoryLog : ITrainingLog, IProbeLog
{
    private readonly List<CurvePoint> curve = [];
    private readonly List<LayerStatistics> layers = [];
    private readonly List<LayerHistogram> histograms = [];
    private readonly List<LayerSpectrum> spectra = [];

    /// <summary>Points of the error curves.</summary>
    public IReadOnlyList<CurvePoint> Curve => curve;

    /// <summary>Statistics of the layers.</summary>
    public IReadOnlyList<LayerStatistics> Layers => layers;

    /// <summary>Histograms of the layers.</summary>
    public IReadOnlyList<LayerHistogram> Histograms => histograms;

    /// <summary>Spectra of the layers; empty unless Jacobians were measured.</summary>
    public IReadOnlyList<LayerSpectrum> Spectra => spectra;

    /// <summary>Called after every update with the update count; null for nothing.</summary>
    public Action<long>? OnProgress { get; init; }

    /// <inheritdoc/>
    public void Record(CurvePoint point) => curve.Add(Given.NotNull(point, nameof(point)));

    /// <inheritdoc/>
    public void Record(LayerStatistics row) => layers.Add(Given.NotNull(row, nameof(row)));

    /// <inheritdoc/>
    public void Record(LayerHistogram row) => histograms.Add(Given.NotNull(row, nameof(row)));

    /// <inheritdoc/>
    public void Record(LayerSpectrum row) => spectra.Add(Given.NotNull(row, nameof(row)));

    /// <inheritdoc/>
    public void Save(Checkpoint checkpoint, bool isScheduled)
    {
        ArgumentNullException.ThrowIfNull(checkpoint);
        // A checkpoint is for resuming from disk.
    }

    /// <inheritdoc/>
    public void Progress(long update, double trainingSeconds) => OnProgress?.Invoke(update);
}
