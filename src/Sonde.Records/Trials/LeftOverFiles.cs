using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Records.Trials;

/// <summary>Finds files that have names that Sonde writes and that <c>trial.json</c> does not list: a killed process left them, or Sonde replaced
/// them.</summary>
internal static class LeftOverFiles
{
    /// <summary>Returns files and folders, relative to the trial's folder; files of other names are skipped.</summary>
    /// <param name="directory">The trial's folder.</param>
    /// <param name="files">The files that count.</param>
    public static IEnumerable<string> In(string directory, IReadOnlyList<RecordedFile> files)
    {
        var counted = files.Where(file => file.Part is null).SelectMany(file => new[] { file.Path, CountedFiles.UnitOf(file) }).ToHashSet();
        IEnumerable<string> NotCounted(string folder) => Names(directory, folder).Where(name => !counted.Contains(name));

        var checkpoints = Names(directory, CheckpointFiles.Folder).Where(IsCheckpoint).ToLookup(counted.Contains);
        return NotCounted("").Where(name => name == TrialFiles.Predictions || name.EndsWith(DurableFile.TemporarySuffix, StringComparison.Ordinal))
            .Concat(TrialFiles.Tables.SelectMany(NotCounted).Where(IsTable))
            .Concat(checkpoints[false])
            .Concat(checkpoints[true].SelectMany(NotCounted));
    }

    private static IEnumerable<string> Names(string directory, string folder)
    {
        var path = Path.Combine(directory, folder);
        return !Directory.Exists(path) ? [] :
            Directory.EnumerateFileSystemEntries(path).Select(entry => folder.Length == 0 ? Path.GetFileName(entry) : $"{folder}/{Path.GetFileName(entry)}");
    }

    private static bool IsCheckpoint(string name) => PartName.Parse(Path.GetFileName(name)) is not null;

    private static bool IsTable(string name) =>
        name == TableParts.WholeNameOf(Path.GetDirectoryName(name)!)
        || (Path.GetExtension(name) == TableParts.Extension && PartName.Parse(Path.GetFileNameWithoutExtension(name)) is not null);
}
