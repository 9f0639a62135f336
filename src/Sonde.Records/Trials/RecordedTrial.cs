using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Records.Trials;

/// <summary>One trial with all its tables: figures and the report are made from it.</summary>
/// <param name="Manifest">The content of <c>trial.json</c>.</param>
/// <param name="Curve">Error and cost, ordered by update.</param>
/// <param name="Layers">Statistics, ordered by update, layer and quantity.</param>
/// <param name="Histograms">Histograms, ordered by update, layer and quantity.</param>
public sealed record RecordedTrial(
    TrialManifest Manifest, IReadOnlyList<CurvePoint> Curve, IReadOnlyList<LayerStatistics> Layers, IReadOnlyList<LayerHistogram> Histograms)
{
    /// <summary>Spectra, ordered by update, layer and quantity; empty if none was recorded.</summary>
    public IReadOnlyList<LayerSpectrum> Spectra { get; init; } = [];

    /// <summary>Findings when they were said or withdrawn, ordered by update; empty if none was.</summary>
    public IReadOnlyList<Finding> Findings { get; init; } = [];

    /// <summary>Pictures, ordered by update and layer; empty if none was recorded.</summary>
    public IReadOnlyList<LayerImage> Images { get; init; } = [];
}
