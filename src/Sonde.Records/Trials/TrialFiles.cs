using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Records.Trials;

/// <summary>Where things stand in a run folder.</summary>
internal static class TrialFiles
{
    public const string TrialsDirectory = "trials";
    public const string Predictions = "predictions.parquet";
    public const string Manifest = "trial.json";

    /// <summary>The tables that are cut into parts while a trial trains.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        [CurveTable.Instance.Name, LayersTable.Instance.Name, HistogramsTable.Instance.Name, SpectraTable.Instance.Name, ImagesTable.Instance.Name];

    /// <summary>The folder of a trial.</summary>
    /// <exception cref="ArgumentException">The id cannot name a folder.</exception>
    public static string DirectoryOf(string runDirectory, string id)
    {
        if (id.Length is 0 or > 200 || id[0] == '.' || !id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '+' or '='))
            throw new ArgumentException($"Expected a trial id of at most 200 letters, digits and -._+=, not beginning with a dot, got '{id}'. Choose another "
                + "name for the variant.", nameof(id));
        return Path.Combine(runDirectory, TrialsDirectory, id);
    }

    /// <summary>The path of <c>trial.json</c>.</summary>
    public static string ManifestPath(string trialDirectory) => Path.Combine(trialDirectory, Manifest);

    /// <summary>Reads <c>trial.json</c>.</summary>
    /// <exception cref="RecordException">It is damaged.</exception>
    public static TrialManifest ReadManifest(string trialDirectory)
    {
        var path = ManifestPath(trialDirectory);
        return RecordJson.FromBytes(Disk.Read(path), path, ManifestJson.Instance.TrialManifest);
    }

    /// <summary>True where a trial has more than a lease: tables or checkpoints.</summary>
    public static bool HasRecords(string trialDirectory) =>
        Tables.Append(CheckpointFiles.Folder).Any(name => Directory.Exists(Path.Combine(trialDirectory, name)));

    /// <summary>Reads <c>trial.json</c>; null where there is none, or one that is damaged.</summary>
    /// <param name="trialDirectory">The trial's folder.</param>
    /// <param name="damage">What is wrong with it; else null.</param>
    /// <exception cref="IOException">It is there but cannot be read.</exception>
    public static TrialManifest? FindManifest(string trialDirectory, out string? damage)
    {
        damage = null;
        try
        {
            return ReadManifest(trialDirectory);
        }
        catch (RecordException e)
        {
            damage = e.Message;
            return null;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
