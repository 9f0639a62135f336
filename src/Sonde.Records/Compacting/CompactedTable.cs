using Sonde.Diagnosis;
using Sonde.Probes;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Records.Compacting;

/// <summary>Writes the rows of one table of many trials as one part of the study.</summary>
internal abstract class CompactedTable
{
    /// <summary>The tables of a trial.</summary>
    public static IReadOnlyList<CompactedTable> All { get; } =
    [
        new CompactedTable<CurvePoint>(CurveTable.Instance), new CompactedTable<LayerStatistics>(LayersTable.Instance),
        new CompactedTable<LayerHistogram>(HistogramsTable.Instance), new CompactedTable<LayerSpectrum>(SpectraTable.Instance),
        new CompactedTable<LayerImage>(ImagesTable.Instance), new CompactedTable<Finding>(FindingsTable.Instance),
        new CompactedTable<Prediction>(PredictionsTable.Instance),
    ];

    /// <summary>Returns the file of this table in the list of a finished trial; null if it has none.</summary>
    public abstract RecordedFile? FindIn(TrialManifest trial);

    /// <summary>Writes a part with the rows of some trials, and reads it back.</summary>
    /// <param name="runDirectory">The run folder.</param>
    /// <param name="number">A number that no part of this table has.</param>
    /// <param name="trials">Finished trials that have this table.</param>
    /// <param name="cancellation">Stops between two trials.</param>
    /// <returns>The entry of each trial's list of files, by id.</returns>
    /// <exception cref="RecordException">A table is damaged, or the part does not hold the same rows.</exception>
    public abstract IReadOnlyDictionary<string, RecordedFile> Write(
        string runDirectory, int number, IReadOnlyList<TrialManifest> trials, CancellationToken cancellation);
}

/// <inheritdoc cref="CompactedTable"/>
internal sealed class CompactedTable<TRow>(Table<TRow> table) : CompactedTable
{
    /// <inheritdoc/>
    public override RecordedFile? FindIn(TrialManifest trial) => typeof(TRow) == typeof(Prediction)
        ? trial.Files.FirstOrDefault(file => file.Path == TrialFiles.Predictions) : trial.Files.OfTable(table.Name).FirstOrDefault();

    /// <inheritdoc/>
    public override IReadOnlyDictionary<string, RecordedFile> Write(
        string runDirectory, int number, IReadOnlyList<TrialManifest> trials, CancellationToken cancellation)
    {
        List<TRow> RowsOf(TrialManifest trial) => table.ReadRows(TrialFiles.DirectoryOf(runDirectory, trial.Id), FindIn(trial)!);
        var folder = Path.Combine(runDirectory, StudyPart.Folder, table.Name);
        Disk.CreateFolders(folder);
        var temporary = DurableFile.TemporaryPathOf(Path.Combine(folder, table.Name));
        try
        {
            var places = new Dictionary<string, (long At, long Bytes, string Digest)>();
            var footer = "";
            Disk.Write(temporary, next => footer = WriteAsync(next, trials, RowsOf, places, cancellation).GetAwaiter().GetResult());
            var name = StudyPart.NameOf(table.Name, number, footer);
            Disk.MoveFile(temporary, Path.Combine(runDirectory, name));
            Disk.FlushFolder(folder);
            var files = trials.ToDictionary(trial => trial.Id, trial => FindIn(trial)! with
            {
                Bytes = places[trial.Id].Bytes,
                Sha256 = places[trial.Id].Digest,
                Part = name,
                At = places[trial.Id].At,
            });
            foreach (var trial in trials)
                CheckSame(runDirectory, trial, RowsOf(trial), files[trial.Id], cancellation);
            return files;
        }
        finally
        {
            Disk.Remove(temporary);
        }
    }

    private async Task<string> WriteAsync(
        NextBytes next, IReadOnlyList<TrialManifest> trials, Func<TrialManifest, List<TRow>> rowsOf,
        Dictionary<string, (long At, long Bytes, string Digest)> places, CancellationToken cancellation)
    {
        using var output = new NextBytesStream(next);
        using var measured = new MeasuredStream(output);
        var writer = await table.ToColumns("", []).OpenAsync(measured).ConfigureAwait(false);
        await using (writer.ConfigureAwait(false))
        {
            foreach (var trial in trials)
            {
                cancellation.ThrowIfCancellationRequested();
                _ = measured.TakeDigest();
                var at = measured.Position;
                foreach (var group in table.Groups(rowsOf(trial)))
                    await table.ToColumns(trial.Id, group).AppendAsync(writer).ConfigureAwait(false);
                places[trial.Id] = (at, measured.Position - at, measured.TakeDigest());
            }
            writer.CustomMetadata = new Dictionary<string, string> { [StudyPart.TrialsKey] = string.Join(' ', trials.Select(trial => trial.Id)) };
        }
        var footer = measured.TakeDigest();
        output.PassOn();
        return footer;
    }

    /// <summary>Reads a trial's rows from its part: nothing is removed unless they are the same to the bit.</summary>
    private void CheckSame(string runDirectory, TrialManifest trial, List<TRow> rows, RecordedFile file, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var again = table.ReadRows(TrialFiles.DirectoryOf(runDirectory, trial.Id), file);
        if (!table.ToBytes(again).AsSpan().SequenceEqual(table.ToBytes(rows)))
            throw new RecordException($"{Path.Combine(runDirectory, file.Part!)}: expected the rows of the table '{table.Name}' of trial {trial.Id}, found "
                + "others. The trial keeps its own files. Check the disk, and run the same command again.");
    }
}
