namespace Sonde.Records;

/// <summary>Reads one trial, which a writer may be changing all the while.</summary>
internal sealed class TrialReader(string directory)
{
    // Each attempt fails only if the writer went from one state to the next meanwhile, which it does once or twice in a trial's life.
    private const int Attempts = 10;

    private readonly CheckpointFolder checkpoints = new(Path.Combine(directory, TrialFiles.CheckpointDirectory));

    public TrialManifest ReadManifest() => TrialFiles.ReadManifest(directory);

    public IReadOnlyList<Prediction> ReadPredictions() =>
        ReadManifest().Files.Any(file => file.Path == TrialFiles.Predictions) ? ReadWhole(PredictionsTable.Instance, TrialFiles.Predictions, ReadManifest()) : [];

    /// <summary>Follows <c>trial.json</c> where it lists tables; else reads the parts and the rows that an early checkpoint holds.</summary>
    public RecordedTrial Read()
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var manifest = ReadManifest();
                var trial = new RecordedTrial(manifest, ReadTable(CurveTable.Instance, manifest), ReadTable(LayersTable.Instance, manifest), ReadTable(HistogramsTable.Instance, manifest));
                // Parts that went away between listing and reading leave no trace but another trial.json.
                var after = ReadManifest();
                if (after.Status == manifest.Status && after.Files.SequenceEqual(manifest.Files))
                    return trial with { Manifest = after };
            }
            catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
            {
                if (attempt == Attempts)
                    throw new RecordException($"{directory}: expected all files that trial.json names, found one missing ({cause.Message}). Restore it from a copy, or delete the trial's folder and run it again.", cause);
            }
            if (attempt == Attempts)
                throw new RecordException($"{directory}: expected a trial at rest between two looks, found it changed {Attempts} times. Read it again when its writer has ended.");
        }
    }

    private IReadOnlyList<TRow> ReadTable<TRow>(Table<TRow> table, TrialManifest manifest)
    {
        var names = new TableParts<TRow>(directory, table);
        if (TrialStatus.IsFinished(manifest.Status))
            return ReadWhole(table, names.WholePath, manifest);
        // The checkpoint first: should its rows become a part meanwhile, that part is seen and the rows are left out.
        var (update, pending) = ReadPending(table, names.PendingFile);
        var parts = TableParts.Parts(Path.Combine(directory, table.Name));
        var rows = parts.SelectMany(part => table.Read(part.Path)).ToList();
        return TableParts<TRow>.Sorted(table, parts.Count > 0 && parts[^1].Update >= update ? rows : rows.Concat(pending));
    }

    private IReadOnlyList<TRow> ReadWhole<TRow>(Table<TRow> table, string path, TrialManifest manifest)
    {
        var file = manifest.Files.FirstOrDefault(f => f.Path == path)
            ?? throw new RecordException($"{TrialFiles.ManifestPath(directory)}: expected '{path}' among its files, found {string.Join(", ", manifest.Files.Select(f => f.Path))}. Delete the trial's folder and run it again.");
        return table.FromBytes(DurableFile.ReadExactly(directory, file), Path.Combine(directory, path));
    }

    private (long Update, IReadOnlyList<TRow> Rows) ReadPending<TRow>(Table<TRow> table, string name)
    {
        if (checkpoints.Updates is not [var newest, ..])
            return (-1, []);
        var path = Path.Combine(checkpoints.PathOf(newest), name);
        try
        {
            return (newest, File.Exists(path) ? table.Read(path) : []);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return (newest, []);
        }
    }
}
