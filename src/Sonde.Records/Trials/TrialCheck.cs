using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Tables;

namespace Sonde.Records.Trials;

/// <summary>What a look at every byte of a trial found.</summary>
/// <param name="Id">The trial.</param>
/// <param name="Status">How it stands; <see cref="TrialStatus.Damaged"/> where anything is damaged.</param>
/// <param name="Files">Files that count, <c>trial.json</c> among them.</param>
/// <param name="Bytes">Their sizes together.</param>
/// <param name="Damage">What is damaged: one sentence for each file, with its path.</param>
/// <param name="LeftOver">What does not count: left by a killed process or set aside; paths relative to the trial's folder.</param>
public sealed record TrialCheck(string Id, string Status, int Files, long Bytes, IReadOnlyList<string> Damage, IReadOnlyList<string> LeftOver)
{
    /// <summary>The status of a trial whose <c>trial.json</c> is not there yet.</summary>
    public const string Waiting = "waiting";

    // As in TrialReader: each attempt fails only if the writer replaced trial.json meanwhile.
    private const int Attempts = 10;

    /// <summary>Looks at a trial, which may be being written.</summary>
    internal static TrialCheck FromFolder(string directory)
    {
        for (var attempt = 1; ; attempt++)
        {
            var manifest = TrialFiles.FindManifest(directory, out var damage);
            if (manifest is null)
                return Broken(directory, damage);
            var isFinished = TrialStatus.IsFinished(manifest.Status);
            var damages = manifest.Files.Select(file => Look(directory, file, isFinished)).OfType<string>().ToList();
            if (damages.Count > 0 && attempt < Attempts && TrialFiles.FindManifest(directory, out _)?.Files.SequenceEqual(manifest.Files) == false)
                continue;
            var bytes = manifest.Files.Sum(file => file.Bytes) + new FileInfo(TrialFiles.ManifestPath(directory)).Length;
            return new(
                Path.GetFileName(directory), damages.Count > 0 ? TrialStatus.Damaged : manifest.Status, manifest.Files.Count + 1, bytes,
                damages, LeftOverIn(directory, manifest.Files));
        }
    }

    private static TrialCheck Broken(string directory, string? damage)
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

    /// <summary>What is wrong with a file and what to do about it; null where all is right.</summary>
    private static string? Look(string directory, RecordedFile file, bool isFinished)
    {
        var damage = DurableFile.Damage(directory, file) ?? Nonsense(directory, file);
        var advice = isFinished && CountedFiles.IsOfCheckpoint(file)
            ? "The results stand without it; to have it again, delete the trial's folder and run the study again."
            : "Restore it from a copy, or run the study again: it sets the file aside and trains what is missing.";
        return damage is null ? null : $"{damage} {advice}";
    }

    /// <summary>What does not read as it should in a file that is as it was written, a fault of the program that wrote it; else null.</summary>
    private static string? Nonsense(string directory, RecordedFile file)
    {
        try
        {
            var path = Path.Combine(directory, file.Path);
            var content = DurableFile.ReadExactly(directory, file);
            _ = Path.GetExtension(path) switch
            {
                ".safetensors" => Safetensors.FromBytes(content, path).Count,
                ".json" => RecordJson.FromBytes(content, path, CheckpointJson.Instance.CheckpointState).Update,
                _ => CountedFiles.TableOf(file) switch
                {
                    "curve" => CurveTable.Instance.FromBytes(content, path).Count,
                    "layers" => LayersTable.Instance.FromBytes(content, path).Count,
                    "histograms" => HistogramsTable.Instance.FromBytes(content, path).Count,
                    "spectra" => SpectraTable.Instance.FromBytes(content, path).Count,
                    "images" => ImagesTable.Instance.FromBytes(content, path).Count,
                    _ => PredictionsTable.Instance.FromBytes(content, path).Count,
                },
            };
            return null;
        }
        catch (Exception broken) when (broken is RecordException or FileNotFoundException or DirectoryNotFoundException)
        {
            return broken.Message;
        }
    }
}
