using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Tables;

namespace Sonde.Records.Trials;

/// <summary>The result of reading every byte of a trial.</summary>
/// <param name="Id">The trial.</param>
/// <param name="Status">A word of <see cref="TrialStatus"/>, or <see cref="Waiting"/>; <see cref="TrialStatus.Damaged"/> if anything is damaged.</param>
/// <param name="Files">How many files count, <c>trial.json</c> among them.</param>
/// <param name="Bytes">The sum of their sizes.</param>
/// <param name="Damage">What is damaged: one sentence per file, with its path.</param>
/// <param name="LeftOver">Files that do not count, because a killed process left them or Sonde set them aside; relative to the trial's folder.</param>
public sealed record TrialCheck(string Id, string Status, int Files, long Bytes, IReadOnlyList<string> Damage, IReadOnlyList<string> LeftOver)
{
    /// <summary>The status of a trial that has no <c>trial.json</c> yet.</summary>
    public const string Waiting = "waiting";

    // As in TrialReader: each attempt fails only if the writer replaced trial.json meanwhile.
    private const int Attempts = 10;

    /// <summary>Reads every byte of a trial, which another process may be writing.</summary>
    internal static TrialCheck FromFolder(string directory)
    {
        for (var attempt = 1; ; attempt++)
        {
            var manifest = TrialFiles.FindManifest(directory, out var damage);
            if (manifest is null)
                return WithoutManifest(directory, damage);
            var isFinished = TrialStatus.IsFinished(manifest.Status);
            var damages = manifest.Files.Select(file => FindDamage(directory, file, isFinished)).OfType<string>().ToList();
            if (damages.Count > 0 && attempt < Attempts && TrialFiles.FindManifest(directory, out _)?.Files.SequenceEqual(manifest.Files) == false)
                continue;
            var bytes = manifest.Files.Sum(file => file.Bytes) + new FileInfo(TrialFiles.ManifestPath(directory)).Length;
            return new(
                Path.GetFileName(directory), damages.Count > 0 ? TrialStatus.Damaged : manifest.Status, manifest.Files.Count + 1, bytes,
                damages, LeftOverIn(directory, manifest.Files));
        }
    }

    private static TrialCheck WithoutManifest(string directory, string? damage)
    {
        if (damage is null && TrialFiles.HasRecords(directory))
            damage = $"{TrialFiles.ManifestPath(directory)}: expected the list of the files that count, found no file.";
        return new(
            Path.GetFileName(directory), damage is null ? Waiting : TrialStatus.Damaged, 0, 0, damage is null ? [] : [damage], LeftOverIn(directory, []));
    }

    private static IReadOnlyList<string> LeftOverIn(string directory, IReadOnlyList<RecordedFile> files) =>
    [
        .. LeftOverFiles.In(directory, files),
        .. Directory.EnumerateDirectories(directory, $"{Lease.DamagedFolder}-*").Select(path => Path.GetFileName(path)),
    ];

    /// <summary>Returns what is wrong with a file and what to do about it, null if nothing is.</summary>
    private static string? FindDamage(string directory, RecordedFile file, bool isFinished)
    {
        var damage = DurableFile.FindDamage(directory, file, out var content) ?? FindNonsense(directory, file, content);
        var advice = isFinished && CountedFiles.IsOfCheckpoint(file)
            ? "The results are valid without it. To make it again, delete the trial's folder and run the study again."
            : "Restore it from a copy, or run the study again with --check: it sets the file aside and trains the missing part.";
        return damage is null ? null : $"{damage} {advice}";
    }

    /// <summary>Returns what cannot be read in a file whose digest is right, which is a fault of the program that wrote it; else null.</summary>
    private static string? FindNonsense(string directory, RecordedFile file, byte[] content)
    {
        var path = DurableFile.PathOf(directory, file);
        long CountRows<TRow>(Table<TRow> table) => file.Part is null ? table.CountRows(content, path) : table.ReadRows(directory, file).Count;
        try
        {
            _ = Path.GetExtension(path) switch
            {
                ".safetensors" => Safetensors.FromBytes(content, path).Count,
                ".json" => RecordJson.FromBytes(content, path, CheckpointJson.Instance.CheckpointState).Update,
                _ => CountedFiles.TableOf(file) switch
                {
                    "curve" => CountRows(CurveTable.Instance),
                    "layers" => CountRows(LayersTable.Instance),
                    "histograms" => CountRows(HistogramsTable.Instance),
                    "spectra" => CountRows(SpectraTable.Instance),
                    "findings" => CountRows(FindingsTable.Instance),
                    "images" => CountRows(ImagesTable.Instance),
                    _ => CountRows(PredictionsTable.Instance),
                },
            };
            return null;
        }
        catch (RecordException broken)
        {
            return broken.Message;
        }
    }
}
