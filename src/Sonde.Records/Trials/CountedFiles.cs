using Sonde.Records.Checkpoints;
using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Records.Trials;

/// <summary>Finds its way in the list of files that <c>trial.json</c> says count.</summary>
internal static class CountedFiles
{
    /// <summary>The updates at which there is a checkpoint, the newest first.</summary>
    public static IReadOnlyList<long> CheckpointUpdates(this IEnumerable<RecordedFile> files) =>
        [.. files.Where(IsOfCheckpoint).Select(UpdateOf).OfType<long>().Distinct().OrderDescending()];

    /// <summary>The files of the checkpoint at an update.</summary>
    public static IEnumerable<RecordedFile> OfCheckpoint(this IEnumerable<RecordedFile> files, long update) =>
        files.Where(file => IsOfCheckpoint(file) && UpdateOf(file) == update);

    /// <summary>The files of a table, in order of updates: the whole one, or its parts.</summary>
    public static IEnumerable<RecordedFile> OfTable(this IEnumerable<RecordedFile> files, string table) =>
        files.Where(file => file.Path.StartsWith(table + "/", StringComparison.Ordinal)).OrderBy(UpdateOf);

    /// <summary>What counted when a trial had come to an update: its checkpoint and, of the tables, the parts up to it.</summary>
    public static IReadOnlyList<RecordedFile> At(this IEnumerable<RecordedFile> files, long update) =>
        [.. files.Where(file => IsOfCheckpoint(file) ? UpdateOf(file) == update : UpdateOf(file) <= update)];

    /// <summary>What counts of all tables: no checkpoint.</summary>
    public static IEnumerable<RecordedFile> OfTables(this IEnumerable<RecordedFile> files) => files.Where(file => !IsOfCheckpoint(file));

    /// <summary>The rows that an early checkpoint keeps of a table that has not been cut yet; null where the newest checkpoint keeps none.</summary>
    public static RecordedFile? Pending(this IReadOnlyList<RecordedFile> files, string pendingFile) =>
        files.CheckpointUpdates() is [var newest, ..] ? files.FirstOrDefault(file => file.Path == $"{CheckpointFiles.NameOf(newest)}/{pendingFile}") : null;

    /// <summary>The table whose rows a Parquet file holds.</summary>
    public static string TableOf(RecordedFile file)
    {
        var (folder, name) = (Path.GetDirectoryName(file.Path), Path.GetFileName(file.Path));
        return TrialFiles.Tables.FirstOrDefault(table => folder == table || name == TableParts.PendingFileOf(table)) ?? PredictionsTable.Instance.Name;
    }

    /// <summary>What goes aside with a damaged file: its whole checkpoint, or the file alone.</summary>
    public static string UnitOf(RecordedFile file) => IsOfCheckpoint(file) && UpdateOf(file) is { } update ? CheckpointFiles.NameOf(update) : file.Path;

    /// <summary>True for a file of a checkpoint.</summary>
    public static bool IsOfCheckpoint(RecordedFile file) => file.Path.StartsWith(CheckpointFiles.Folder + "/", StringComparison.Ordinal);

    /// <summary>The update that a checkpoint or a part is named by; null for a whole table.</summary>
    private static long? UpdateOf(RecordedFile file) =>
        file.Path.Split('/') is [_, var name, ..] ? PartName.Parse(Path.GetFileNameWithoutExtension(name)) : null;
}
