using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Records.Trials;

/// <summary>Selects files from the list in <c>trial.json</c> of those that count.</summary>
internal static class CountedFiles
{
    /// <summary>Returns the updates at which there is a checkpoint, the newest first.</summary>
    public static IReadOnlyList<long> CheckpointUpdates(this IEnumerable<RecordedFile> files) =>
        [.. files.Where(IsOfCheckpoint).Select(UpdateOf).OfType<long>().Distinct().OrderDescending()];

    /// <summary>Returns the files of the checkpoint at an update.</summary>
    public static IEnumerable<RecordedFile> OfCheckpoint(this IEnumerable<RecordedFile> files, long update) =>
        files.Where(file => IsOfCheckpoint(file) && UpdateOf(file) == update);

    /// <summary>Returns the files of a table, in order of updates: the whole table, or its parts.</summary>
    public static IEnumerable<RecordedFile> OfTable(this IEnumerable<RecordedFile> files, string table) =>
        files.Where(file => file.Path.StartsWith(table + "/", StringComparison.Ordinal)).OrderBy(UpdateOf);

    /// <summary>Returns the files that counted when a trial was at an update: its checkpoint, and the parts of tables up to it.</summary>
    public static IReadOnlyList<RecordedFile> At(this IEnumerable<RecordedFile> files, long update) =>
        [.. files.Where(file => IsOfCheckpoint(file) ? UpdateOf(file) == update : UpdateOf(file) <= update)];

    /// <summary>Returns the files of all tables, without checkpoints.</summary>
    public static IEnumerable<RecordedFile> OfTables(this IEnumerable<RecordedFile> files) => files.Where(file => !IsOfCheckpoint(file));

    /// <summary>Returns the file with a table's pending rows in the newest checkpoint, or null if that checkpoint has none.</summary>
    public static RecordedFile? FindPending(this IReadOnlyList<RecordedFile> files, string pendingFile) =>
        files.CheckpointUpdates() is [var newest, ..] ? files.FirstOrDefault(file => file.Path == $"{CheckpointFiles.NameOf(newest)}/{pendingFile}") : null;

    /// <summary>Returns the table whose rows a Parquet file holds.</summary>
    public static string TableOf(RecordedFile file)
    {
        var (folder, name) = (Path.GetDirectoryName(file.Path), Path.GetFileName(file.Path));
        return TrialFiles.Tables.FirstOrDefault(table => folder == table || name == TableParts.PendingFileOf(table)) ?? PredictionsTable.Instance.Name;
    }

    /// <summary>Returns what Sonde sets aside with a damaged file: its whole checkpoint, or the file alone.</summary>
    public static string UnitOf(RecordedFile file) => IsOfCheckpoint(file) && UpdateOf(file) is { } update ? CheckpointFiles.NameOf(update) : file.Path;

    /// <summary>Returns true for a file of a checkpoint.</summary>
    public static bool IsOfCheckpoint(RecordedFile file) => file.Path.StartsWith(CheckpointFiles.Folder + "/", StringComparison.Ordinal);

    /// <summary>Returns the update in the name of a checkpoint or a part; null for a whole table.</summary>
    private static long? UpdateOf(RecordedFile file) =>
        file.Path.Split('/') is [_, var name, ..] ? PartName.Parse(Path.GetFileNameWithoutExtension(name)) : null;
}
