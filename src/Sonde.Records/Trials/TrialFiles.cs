using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Leases;
using Sonde.Records.Tables;

namespace Sonde.Records.Trials;

/// <summary>Names the files and folders of a trial, and reads <c>trial.json</c>.</summary>
internal static partial class TrialFiles
{
    public const string TrialsDirectory = "trials";
    public const string Predictions = "predictions.parquet";
    public const string Manifest = "trial.json";

    /// <summary>The tables that Sonde cuts into parts while a trial trains.</summary>
    public static IReadOnlyList<string> Tables { get; } =
        [CurveTable.Instance.Name, LayersTable.Instance.Name, HistogramsTable.Instance.Name, SpectraTable.Instance.Name, ImagesTable.Instance.Name,
            FindingsTable.Instance.Name];

    /// <summary>Returns the folder of a trial.</summary>
    /// <exception cref="ArgumentException">The id cannot name a folder.</exception>
    public static string DirectoryOf(string runDirectory, string id)
    {
        if (!IsId(id))
            throw new ArgumentException($"Expected a trial id of letters, digits and -._+=, at most 200 bytes in UTF-8, not beginning with a dot, got '{id}'. "
                + "Choose another name for the variant.", nameof(id));
        return Path.Combine(runDirectory, TrialsDirectory, id);
    }

    /// <summary>Returns the path of <c>trial.json</c>.</summary>
    public static string ManifestPath(string trialDirectory) => Path.Combine(trialDirectory, Manifest);

    /// <summary>Reads <c>trial.json</c>.</summary>
    /// <exception cref="RecordException">It is damaged, or lists a file that cannot be one of a trial.</exception>
    public static TrialManifest ReadManifest(string trialDirectory)
    {
        var path = ManifestPath(trialDirectory);
        var manifest = RecordJson.FromBytes(Disk.Read(path), path, ManifestJson.Instance.TrialManifest);
        // A copy beside the original would count as one more seed.
        var folder = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(trialDirectory)));
        if (manifest.Id != folder)
            throw new RecordException($"{path}: expected the trial {folder}, found a copy of the trial {manifest.Id}. Move the folder {trialDirectory} out of "
                + "the run folder, or delete it.");
        // Sonde moves and removes files by these names, and anybody can compute a digest.
        if (manifest.Files.FirstOrDefault(file => !IsNameOfFile(file.Path) || (file.Part is not null && !StudyPart.IsName(file.Part))) is { } strange)
            throw new RecordException($"{path}: expected files of this trial, found the name '{strange.Part ?? strange.Path}', which Sonde never writes. "
                + "Do not use this folder if you do not know who made it; else restore the file from a copy.");
        return manifest;
    }

    /// <summary>Returns true if a folder is one of a trial; other programs leave folders of their own, such as <c>.DS_Store</c>.</summary>
    public static bool IsTrial(string directory) => IsId(Path.GetFileName(directory))
        && (File.Exists(ManifestPath(directory)) || HasRecords(directory) || Lease.In(directory).Count > 0);

    /// <summary>Returns true if a trial has tables or checkpoints, more than a lease.</summary>
    public static bool HasRecords(string trialDirectory) =>
        Tables.Append(CheckpointFiles.Folder).Any(name => Directory.Exists(Path.Combine(trialDirectory, name)));

    /// <summary>Reads <c>trial.json</c>. Returns null if there is none or it is damaged.</summary>
    /// <param name="trialDirectory">The trial's folder.</param>
    /// <param name="damage">What is wrong with it; else null.</param>
    /// <exception cref="IOException">The file exists but cannot be read.</exception>
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

    /// <summary>Returns true for a name that a trial can have.</summary>
    public static bool IsId(string id) =>
        id.Length > 0 && id[0] != '.' && id.EnumerateRunes().All(IsOfId) && Encoding.UTF8.GetByteCount(id) <= 200;

    /// <summary>Returns true for a character of a trial's name: a letter of any script with its marks, a digit, or one that file systems and links carry as it
    /// is.</summary>
    public static bool IsOfId(Rune character) => Rune.IsLetterOrDigit(character) || character.Value is '-' or '.' or '_' or '+' or '='
        || Rune.GetUnicodeCategory(character) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsNameOfFile(string path) => path == Predictions || CheckpointFile().IsMatch(path)
        || (TableFile().Match(path) is { Success: true } match && Tables.Contains(match.Groups["table"].Value));

    [GeneratedRegex(@"\A(?<table>[a-z]+)/(all|-?[0-9]{12,19})\.parquet\z")]
    private static partial Regex TableFile();

    [GeneratedRegex(@"\A" + CheckpointFiles.Folder + @"/-?[0-9]{12,19}/[a-z][a-z-]*\.(safetensors|json|parquet)\z")]
    private static partial Regex CheckpointFile();
}
