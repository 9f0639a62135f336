using Sonde.Networks;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Tables;
using Sonde.Training;

namespace Sonde.Records.Trials;

/// <summary>Reads one trial: the files that <c>trial.json</c> lists, and nothing else. A writer may change the trial at the same time.</summary>
internal sealed class TrialReader(string directory)
{
    // Each attempt fails only if the writer replaced trial.json meanwhile, and removed what it listed before.
    private const int Attempts = 10;

    public TrialManifest ReadManifest() => TrialFiles.ReadManifest(directory);

    public IReadOnlyList<Prediction> ReadPredictions() => Consistently(manifest =>
        manifest.Files.Where(file => file.Path == TrialFiles.Predictions).SelectMany(file => Rows(PredictionsTable.Instance, file)).ToList());

    public IReadOnlyList<CurvePoint> ReadCurve() => Consistently(manifest => Rows(CurveTable.Instance, manifest));

    /// <summary>Reads the parameters of the newest checkpoint; null if there is none.</summary>
    public Parameters? FindParameters() => Consistently(manifest => manifest.Files.CheckpointUpdates() is [var newest, ..]
        ? CheckpointFiles.ReadParameters(directory, manifest.Files, newest) : null);

    /// <summary>Reads all tables.</summary>
    public RecordedTrial Read() => Consistently(manifest => new RecordedTrial(
        manifest, Rows(CurveTable.Instance, manifest), Rows(LayersTable.Instance, manifest), Rows(HistogramsTable.Instance, manifest))
    {
        Spectra = Rows(SpectraTable.Instance, manifest),
        Images = Rows(ImagesTable.Instance, manifest),
        Findings = Rows(FindingsTable.Instance, manifest),
    });

    /// <summary>Reads the curve and the statistics of layers, and checks the other tables without reading their rows.</summary>
    public RecordedTrial ReadStatistics() => Consistently(manifest =>
    {
        foreach (var file in manifest.Files.OfTables().Where(file => CountedFiles.TableOf(file) is var table
            && table != CurveTable.Instance.Name && table != LayersTable.Instance.Name))
            DurableFile.Check(directory, file);
        return new RecordedTrial(manifest, Rows(CurveTable.Instance, manifest), Rows(LayersTable.Instance, manifest), []);
    });

    /// <summary>Reads the undamaged tables, and what is wrong with the first damaged one.</summary>
    public RecordedTrial ReadWhatIsWhole(string id, Func<string> study)
    {
        try
        {
            return Read();
        }
        catch (RecordException damage)
        {
            var manifest = TrialFiles.FindManifest(directory, out _) ?? new TrialManifest
            {
                Id = id, Study = study(), Status = TrialStatus.Damaged, Updates = 0, Seed = 0,
                Setting = new Dictionary<string, string>(), Versions = new Dictionary<string, string>(), Machine = new Dictionary<string, string>(),
            };
            IReadOnlyList<TRow> WholeRows<TRow>(Table<TRow> table)
            {
                try
                {
                    return Consistently(now => Rows(table, now));
                }
                catch (RecordException)
                {
                    return [];
                }
            }
            return new(
                manifest with { Status = TrialStatus.Damaged, Message = damage.Message },
                WholeRows(CurveTable.Instance), WholeRows(LayersTable.Instance), WholeRows(HistogramsTable.Instance))
            {
                Spectra = WholeRows(SpectraTable.Instance),
                Images = WholeRows(ImagesTable.Instance),
            };
        }
    }

    /// <summary>Returns what is wrong with <c>trial.json</c> or a table, null if nothing is.</summary>
    public string? FindDamage()
    {
        try
        {
            return Consistently(manifest =>
            {
                foreach (var file in manifest.Files.OfTables())
                    DurableFile.Check(directory, file);
                return (string?)null;
            });
        }
        catch (RecordException damage)
        {
            return damage.Message;
        }
    }

    /// <summary>Reads the rows of a table: the whole table, or its parts and the rows that an early checkpoint keeps of it.</summary>
    private List<TRow> Rows<TRow>(Table<TRow> table, TrialManifest manifest)
    {
        var pending = manifest.Files.FindPending(TableParts.PendingFileOf(table.Name));
        List<RecordedFile> files = [.. manifest.Files.OfTable(table.Name), .. pending is null ? (RecordedFile[])[] : [pending]];
        // A whole table is in order already; a million rows need not be copied and sorted.
        return files is [var only] && only.Path == TableParts.WholeNameOf(table.Name) ? Rows(table, only)
            : TableParts<TRow>.Sorted(table, files.SelectMany(file => Rows(table, file)));
    }

    private List<TRow> Rows<TRow>(Table<TRow> table, RecordedFile file) => table.ReadRows(directory, file);

    /// <summary>Tries until no file disappears while it is read.</summary>
    private T Consistently<T>(Func<TrialManifest, T> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            var manifest = ReadManifest();
            try
            {
                return read(manifest);
            }
            catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
            {
                if (attempt == Attempts || ReadManifest().Files.SequenceEqual(manifest.Files))
                    throw new RecordException($"{directory}: expected all files that {TrialFiles.Manifest} lists, found one missing ({gone.Message}). "
                        + "Restore it from a copy, or run the study again: it trains the missing part.", gone);
            }
        }
    }
}
