using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Records.Trials;

/// <summary>One trial read back whole: what figures, tables and the report are made from.</summary>
/// <param name="Manifest">What <c>trial.json</c> says.</param>
/// <param name="Curve">Error and cost, ordered by update.</param>
/// <param name="Layers">Statistics, ordered by update, layer and quantity.</param>
/// <param name="Histograms">Histograms, ordered by update, layer and quantity.</param>
public sealed record RecordedTrial(
    TrialManifest Manifest, IReadOnlyList<CurvePoint> Curve, IReadOnlyList<LayerStatistics> Layers, IReadOnlyList<LayerHistogram> Histograms)
{
    /// <summary>Spectra, ordered by update, layer and quantity; empty where none was recorded.</summary>
    public IReadOnlyList<LayerSpectrum> Spectra { get; init; } = [];

    /// <summary>Pictures, ordered by update and layer; empty where none was recorded.</summary>
    public IReadOnlyList<LayerImage> Images { get; init; } = [];
}
