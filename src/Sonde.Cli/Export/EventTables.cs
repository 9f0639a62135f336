using System.Globalization;
using Sonde.Analysis.Contents;
using Sonde.Interop.Curves;
using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Records.Trials;

namespace Sonde.Cli.Export;

/// <summary>An export for TensorBoard: a folder for each trial with one event file. The curve becomes <c>error/SPLIT</c> and <c>cost/SPLIT</c>, the statistics
/// of layers <c>layer1/activation/mean</c>, ..., and every histogram a histogram, each at its update.</summary>
/// <param name="folder">The folder to write to.</param>
internal sealed class EventTables(string folder) : IExportTables
{
    // TensorBoard shows every file whose name has this word in it.
    private const string FileName = "events.out.tfevents.0.sonde";

    private readonly List<(string Path, long Rows)> files = [];

    /// <inheritdoc/>
    public void Add(FoundTrial trial)
    {
        // A trial without records has nothing to show.
    }

    /// <inheritdoc/>
    public void Add(RecordedTrial trial, IReadOnlyList<Prediction> answers)
    {
        using var content = new MemoryStream();
        var file = new EventFile(content);
        foreach (var points in trial.Curve.GroupBy(point => point.Update))
            file.Scalars(points.Key, points.SelectMany(Scalars));
        foreach (var rows in trial.Layers.GroupBy(row => row.Update))
            file.Scalars(rows.Key, rows.SelectMany(Scalars));
        var statistics = trial.Layers.ToDictionary(row => (row.Update, row.Layer, row.Quantity));
        foreach (var histogram in trial.Histograms)
        {
            var row = statistics.GetValueOrDefault((histogram.Update, histogram.Layer, histogram.Quantity));
            file.Histogram(histogram.Update, Tag(histogram.Layer, histogram.Quantity), histogram.Low, histogram.High, histogram.Counts,
                row?.Mean ?? double.NaN, row?.Sd ?? double.NaN);
        }
        var path = Path.Combine(folder, trial.Manifest.Id, FileName);
        DurableFile.PrepareFolder(Path.GetDirectoryName(path)!);
        DurableFile.Write(path, content.ToArray());
        files.Add((path, trial.Curve.Count + trial.Layers.Count + trial.Histograms.Count));
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Path, long Rows)> Finish() => files;

    /// <inheritdoc/>
    public void Dispose()
    {
        // Each file is complete as soon as its trial is added.
    }

    private static (string Tag, double Value)[] Scalars(Training.CurvePoint point) =>
    [
        ($"error/{point.Split}", point.Error), ($"cost/{point.Split}", point.Cost),
        .. point.Rmse is { } rmse ? [($"rmse/{point.Split}", rmse)] : Array.Empty<(string, double)>(),
        .. point.Mae is { } mae ? [($"mae/{point.Split}", mae)] : Array.Empty<(string, double)>(),
    ];

    private static IEnumerable<(string Tag, double Value)> Scalars(LayerStatistics row)
    {
        var tag = Tag(row.Layer, row.Quantity);
        yield return ($"{tag}/mean", row.Mean);
        yield return ($"{tag}/sd", row.Sd);
        if (row.Saturated is { } saturated)
            yield return ($"{tag}/saturated", saturated);
        if (row.Dead is { } dead)
            yield return ($"{tag}/dead", dead);
    }

    private static string Tag(int layer, string quantity) => string.Create(CultureInfo.InvariantCulture, $"layer{layer}/{quantity}");
}
