using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Records.Trials;

/// <summary>Reads one trial, which a writer may be changing all the while: whatever <c>trial.json</c> lists, and nothing else.</summary>
internal sealed class TrialReader(string directory)
{
    // Each attempt fails only if the writer replaced trial.json meanwhile, and removed what it listed before.
    private const int Attempts = 10;

    public TrialManifest ReadManifest() => TrialFiles.ReadManifest(directory);

    public IReadOnlyList<Prediction> ReadPredictions() => AtRest(manifest =>
        manifest.Files.Where(file => file.Path == TrialFiles.Predictions).SelectMany(file => Rows(PredictionsTable.Instance, file)).ToList());

    /// <summary>All tables.</summary>
    public RecordedTrial Read() => AtRest(manifest => new RecordedTrial(
        manifest, Rows(CurveTable.Instance, manifest), Rows(LayersTable.Instance, manifest), Rows(HistogramsTable.Instance, manifest))
    {
        Spectra = Rows(SpectraTable.Instance, manifest),
        Images = Rows(ImagesTable.Instance, manifest),
    });

    /// <summary>The tables that are whole, and what is wrong with the first that is not.</summary>
    public RecordedTrial ReadWhatIsWhole(string id, string study)
    {
        try
        {
            return Read();
        }
        catch (RecordException damage)
        {
            var manifest = TrialFiles.FindManifest(directory, out _) ?? new TrialManifest
            {
                Id = id, Study = study, Status = TrialStatus.Damaged, Updates = 0, Seed = 0,
                Setting = new Dictionary<string, string>(), Versions = new Dictionary<string, string>(), Machine = new Dictionary<string, string>(),
            };
            IReadOnlyList<TRow> WholeRows<TRow>(Table<TRow> table)
            {
                try
                {
                    return AtRest(now => Rows(table, now));
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

    /// <summary>What is wrong with <c>trial.json</c> or a table; else null.</summary>
    public string? FindDamage()
    {
        try
        {
            return AtRest(manifest =>
            {
                foreach (var file in manifest.Files.OfTables())
                    DurableFile.ReadExactly(directory, file);
                return (string?)null;
            });
        }
        catch (RecordException damage)
        {
            return damage.Message;
        }
    }

    /// <summary>The rows of a table: the whole one, or its parts and what an early checkpoint keeps of it.</summary>
    private List<TRow> Rows<TRow>(Table<TRow> table, TrialManifest manifest)
    {
        var pending = manifest.Files.Pending(TableParts.PendingFileOf(table.Name));
        var files = manifest.Files.OfTable(table.Name).Concat(pending is null ? [] : [pending]);
        return [.. TableParts<TRow>.Sorted(table, files.SelectMany(file => Rows(table, file)))];
    }

    private IReadOnlyList<TRow> Rows<TRow>(Table<TRow> table, RecordedFile file) =>
        table.FromBytes(DurableFile.ReadExactly(directory, file), Path.Combine(directory, file.Path));

    /// <summary>Tries until no file goes away while it is read.</summary>
    private T AtRest<T>(Func<TrialManifest, T> read)
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
                        + "Restore it from a copy, or run the study again: it trains what is missing.", gone);
            }
        }
    }
}
