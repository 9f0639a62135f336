using Sonde.Analysis.Contents;
using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Cli.Export;

/// <summary>An export as Parquet: the tables of the run folder with the trial's id in front, one row group per trial.</summary>
internal sealed class ParquetTables : IExportTables
{
    private readonly List<FoundTrial> found = [];
    private readonly IReadOnlyList<string> settings;
    private readonly string trials;
    private readonly CombinedTable<CurvePoint> curve;
    private readonly CombinedTable<LayerStatistics> layers;
    private readonly CombinedTable<LayerHistogram> histograms;
    private readonly CombinedTable<LayerSpectrum> spectra;
    private readonly CombinedTable<LayerImage> images;
    private readonly CombinedTable<Prediction> predictions;
    private readonly CombinedTable<Finding> findings;

    /// <summary>Creates the files.</summary>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="settings">The fields of the trials' settings; each becomes a column.</param>
    public ParquetTables(string folder, IReadOnlyList<string> settings)
    {
        this.settings = settings;
        string In(string name) => Path.Combine(folder, $"{name}.{ExportFormats.Parquet}");
        trials = In("trials");
        curve = new(CurveTable.Instance, In("curve"));
        layers = new(LayersTable.Instance, In("layers"));
        histograms = new(HistogramsTable.Instance, In("histograms"));
        spectra = new(SpectraTable.Instance, In("spectra"));
        images = new(ImagesTable.Instance, In("images"));
        predictions = new(PredictionsTable.Instance, In("predictions"));
        findings = new(FindingsTable.Instance, In("findings"));
    }

    /// <inheritdoc/>
    public void Add(FoundTrial trial) => found.Add(trial);

    /// <inheritdoc/>
    public void Add(RecordedTrial trial, IReadOnlyList<Prediction> answers)
    {
        var id = trial.Manifest.Id;
        curve.Add(id, trial.Curve);
        layers.Add(id, trial.Layers);
        histograms.Add(id, trial.Histograms);
        spectra.Add(id, trial.Spectra);
        images.Add(id, trial.Images);
        predictions.Add(id, answers);
        findings.Add(id, trial.Findings);
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Path, long Rows)> Finish()
    {
        DurableFile.Write(trials, TrialsColumns().ToBytes());
        curve.Finish();
        layers.Finish();
        histograms.Finish();
        spectra.Finish();
        images.Finish();
        predictions.Finish();
        findings.Finish();
        return
        [
            (trials, found.Count), (curve.Path, curve.Rows), (layers.Path, layers.Rows), (histograms.Path, histograms.Rows), (spectra.Path, spectra.Rows),
            (images.Path, images.Rows), (predictions.Path, predictions.Rows), (findings.Path, findings.Rows),
        ];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        curve.Dispose();
        layers.Dispose();
        histograms.Dispose();
        spectra.Dispose();
        images.Dispose();
        predictions.Dispose();
        findings.Dispose();
    }

    private ColumnWriter TrialsColumns()
    {
        var columns = new ColumnWriter();
        void Number(string name, Func<FoundTrial, double?> number) => columns.NullableDouble(name, found.Select(number));
        columns.Text("trial", found.Select(trial => trial.Id));
        columns.Text("status", found.Select(trial => trial.Status));
        columns.Int64("updates", found.Select(trial => trial.Updates));
        Number("trainingSeconds", trial => trial.Manifest?.Result?.TrainingSeconds);
        Number("validationError", trial => trial.Manifest?.Result?.ValidationError);
        Number("validationCost", trial => trial.Manifest?.Result?.ValidationCost);
        Number("testError", trial => trial.Manifest?.Result?.TestError);
        Number("testCost", trial => trial.Manifest?.Result?.TestCost);
        Number("testRmse", trial => trial.Manifest?.Result?.TestRmse);
        Number("testMae", trial => trial.Manifest?.Result?.TestMae);
        columns.Text("message", found.Select(trial => trial.Message ?? ""));
        Number("depth", trial => trial.Setting.Hidden?.Count);
        Number("width", trial => trial.Setting.Hidden?.Shared);
        foreach (var key in settings)
            columns.Text(key, found.Select(trial => trial.Setting.Flat.GetValueOrDefault(key) ?? ""));
        return columns;
    }
}
