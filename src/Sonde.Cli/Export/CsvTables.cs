using Sonde.Analysis.Contents;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Cli.Export;

/// <summary>An export as CSV: the trial's id, then the columns of the Parquet table. Numbers read back to the bit.</summary>
internal sealed class CsvTables : IExportTables
{
    private const string Trial = "trial";

    private readonly IReadOnlyList<string> settings;
    private readonly CsvFile trials, curve, layers, histograms, spectra, images, predictions, findings;

    /// <summary>Creates the files.</summary>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="settings">The fields of the trials' settings; each becomes a column.</param>
    public CsvTables(string folder, IReadOnlyList<string> settings)
    {
        this.settings = settings;
        CsvFile Begin(string name, params IEnumerable<string> columns) => new(Path.Combine(folder, $"{name}.{ExportFormats.Csv}"), columns.Prepend(Trial));
        trials = Begin("trials",
        [
            "status", "updates", "trainingSeconds", "validationError", "validationCost", "testError", "testCost", "testRmse", "testMae", "message", "depth",
            "width", .. settings,
        ]);
        curve = Begin("curve", "update", "split", "cost", "error", "rmse", "mae");
        layers = Begin("layers",
            "update", "layer", "quantity", "count", "mean", "sd", "min", "p2", "p25", "p50", "p75", "p98", "max", "saturated", "dead", "nonFinite");
        histograms = Begin("histograms", "update", "layer", "quantity", "bin", "low", "high", "count");
        spectra = Begin("spectra", "update", "layer", "quantity", "place", "value");
        images = Begin("images", "update", "layer", "quantity", "index", "channels", "height", "width", "place", "value");
        predictions = Begin("predictions", "example", "label", "predicted");
        findings = Begin("findings", "update", "id", "name", "label", "confidence", "layers", "consequenceOf", "sentence");
    }

    private IReadOnlyList<CsvFile> All => [trials, curve, layers, histograms, spectra, images, predictions, findings];

    /// <inheritdoc/>
    public void Add(FoundTrial trial)
    {
        var result = trial.Manifest?.Result;
        trials.Row(
        [
            trial.Id, trial.Status, trial.Updates, result?.TrainingSeconds, result?.ValidationError, result?.ValidationCost,
            result?.TestError, result?.TestCost, result?.TestRmse, result?.TestMae, trial.Message,
            trial.Setting.Hidden?.Count, trial.Setting.Hidden?.Shared, .. settings.Select(key => trial.Setting.Flat.GetValueOrDefault(key)),
        ]);
    }

    /// <inheritdoc/>
    /// <remarks>A histogram has a row per bin, a spectrum and a picture one per value, a prediction the index of its
    /// example; the layers of a finding have spaces between them.</remarks>
    public void Add(RecordedTrial trial, IReadOnlyList<Prediction> answers)
    {
        var id = trial.Manifest.Id;
        foreach (var p in trial.Curve)
            curve.Row(id, p.Update, p.Split, p.Cost, p.Error, p.Rmse, p.Mae);
        foreach (var r in trial.Layers)
            layers.Row(
                id, r.Update, r.Layer, r.Quantity, r.Count, r.Mean, r.Sd, r.Min, r.P2, r.P25, r.P50, r.P75, r.P98, r.Max, r.Saturated, r.Dead, r.NonFinite);
        foreach (var h in trial.Histograms)
        {
            double Edge(int bin) => h.Low + (h.High - h.Low) * bin / h.Counts.Length;
            for (var bin = 0; bin < h.Counts.Length; bin++)
                histograms.Row(id, h.Update, h.Layer, h.Quantity, bin, Edge(bin), Edge(bin + 1), h.Counts[bin]);
        }
        foreach (var s in trial.Spectra)
            for (var place = 0; place < s.Values.Length; place++)
                spectra.Row(id, s.Update, s.Layer, s.Quantity, place, s.Values[place]);
        foreach (var i in trial.Images)
            for (var place = 0; place < i.Values.Length; place++)
                images.Row(id, i.Update, i.Layer, i.Quantity, i.Index, i.Shape.Channels, i.Shape.Height, i.Shape.Width, place, i.Values[place]);
        for (var example = 0; example < answers.Count; example++)
            predictions.Row(id, example, answers[example].Label, answers[example].Predicted);
        foreach (var f in trial.Findings)
            findings.Row(id, f.LastUpdate, f.Id, f.Name, f.Label, f.Confidence, string.Join(' ', f.Layers), f.ConsequenceOf, f.Sentence);
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Path, long Rows)> Finish()
    {
        foreach (var file in All)
            file.Finish();
        return [.. All.Select(file => (file.Path, file.Rows))];
    }

    public void Dispose()
    {
        foreach (var file in All)
            file.Dispose();
    }
}
