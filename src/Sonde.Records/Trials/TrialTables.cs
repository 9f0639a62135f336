using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Training;

namespace Sonde.Records.Trials;

/// <summary>All tables of one trial while it is written. It holds the rows that no part has yet, and makes the contents of files; it writes none
/// itself.</summary>
internal sealed class TrialTables
{
    private readonly TableParts<CurvePoint> curve = new(CurveTable.Instance);
    private readonly Dictionary<string, CurvePoint> lastPoints = [];

    public TableParts<LayerStatistics> Layers { get; } = new(LayersTable.Instance);

    public TableParts<LayerHistogram> Histograms { get; } = new(HistogramsTable.Instance);

    public TableParts<LayerSpectrum> Spectra { get; } = new(SpectraTable.Instance);

    public TableParts<LayerImage> Images { get; } = new(ImagesTable.Instance);

    public TableParts<Finding> Findings { get; } = new(FindingsTable.Instance);

    private IReadOnlyList<TableParts> All => [curve, Layers, Histograms, Spectra, Images, Findings];

    public void Add(CurvePoint point)
    {
        curve.Add(point);
        lastPoints[point.Split] = point;
    }

    /// <summary>Returns the last point of an error curve, also one from before the trial was resumed; null if there is none.</summary>
    public CurvePoint? FindLastPoint(string split) => lastPoints.GetValueOrDefault(split);

    /// <summary>Returns the curve, the statistics of layers and the findings, those in files and those that are pending.</summary>
    public RecordedTrial Read(string directory, TrialManifest manifest)
    {
        List<TRow> Rows<TRow>(Table<TRow> table, TableParts<TRow> parts) =>
            [.. manifest.Files.OfTable(table.Name).SelectMany(file => table.ReadRows(directory, file)), .. parts.Pending];
        return new(manifest, Rows(CurveTable.Instance, curve), Rows(LayersTable.Instance, Layers), [])
        {
            Findings = Rows(FindingsTable.Instance, Findings),
        };
    }

    /// <summary>Replaces the pending rows by those in the newest checkpoint, or by none if it has none.</summary>
    /// <param name="directory">The trial's folder.</param>
    /// <param name="files">The files that count; empty to start again.</param>
    public void Restore(string directory, IReadOnlyList<RecordedFile> files)
    {
        foreach (var table in All)
        {
            var file = files.FindPending(table.PendingFile);
            table.LoadPending(file is null ? null : DurableFile.ReadExactly(directory, file), Path.Combine(directory, file?.Path ?? ""));
        }
        lastPoints.Clear();
        var newest = files.OfTable(curve.Name).LastOrDefault();
        var recorded = newest is null ? [] : CurveTable.Instance.ReadRows(directory, newest);
        foreach (var point in recorded.Concat(curve.Pending))
            lastPoints[point.Split] = point;
    }

    /// <summary>Returns the pending rows as parts that end at an update, after which no row is pending.</summary>
    public IEnumerable<(string Name, byte[] Content)> TakeParts(long update) =>
        All.Where(table => table.HasPending).Select(table => (table.PartNameOf(update), table.TakePart()));

    /// <summary>Returns the pending rows as files of an early checkpoint.</summary>
    public IEnumerable<(string Name, FileContent Content)> PendingFiles() => All.Where(table => table.HasPending)
        .Select(table => (table.PendingFile, (FileContent)(next => next(table.PendingBytes()))));

    /// <summary>Returns true for a file of pending rows in a checkpoint.</summary>
    public bool IsPending(RecordedFile file) => All.Any(table => file.Path.EndsWith($"/{table.PendingFile}", StringComparison.Ordinal));

    /// <summary>Returns each table as one file: the rows of its parts and the pending rows.</summary>
    /// <remarks>Few trials record spectra, pictures or findings. Programs that read a table of all trials need not find empty files in the
    /// others.</remarks>
    public IEnumerable<(string Name, FileContent Content)> Whole(string directory, IReadOnlyList<RecordedFile> files)
    {
        foreach (var table in All)
        {
            var parts = files.OfTable(table.Name).ToList();
            if ((table != Spectra && table != Images && table != Findings) || table.HasPending || parts.Count > 0)
                yield return (table.WholeName,
                    table.WholeContent(parts.Select(part => (DurableFile.ReadExactly(directory, part), Path.Combine(directory, part.Path)))));
        }
    }

    /// <summary>Returns the whole tables of a done trial as parts that end at its last update.</summary>
    public IEnumerable<(string Name, byte[] Content)> WholeAsParts(string directory, TrialManifest manifest) => All.SelectMany(table =>
        manifest.Files.OfTable(table.Name).Select(file => (table.PartNameOf(manifest.Updates), table.ReadWhole(directory, file))));
}
