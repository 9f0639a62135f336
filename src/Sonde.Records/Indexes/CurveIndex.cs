using Sonde.Records.Files;
using Sonde.Records.Tables;

namespace Sonde.Records.Indexes;

/// <summary>What a person sees first of a trial's tables, as of a stamp of its <c>trial.json</c>.</summary>
/// <param name="Stamp">That of <c>trial.json</c>.</param>
/// <param name="Verdict">The sentence; null if nobody asked for it yet.</param>
/// <param name="Curves">The thinned error curve of each split; null if nobody asked for them yet.</param>
internal sealed record IndexedCurves(FileStamp Stamp, string? Verdict, IReadOnlyDictionary<string, (long[] Updates, double[] Errors)>? Curves);

/// <summary>The index <c>DIR/index/curves.parquet</c>: one row per trial and split with the thinned error curve, and one with the verdict.</summary>
internal static class CurveIndex
{
    // The split of the row that has the verdict.
    private const string VerdictRow = "";

    /// <summary>Returns the path of the index of a run folder.</summary>
    public static string PathIn(string runDirectory) => IndexFile.PathOf(runDirectory, "curves");

    /// <summary>Reads the index of a run folder, by trial. Returns null if there is none that this version can use.</summary>
    public static IReadOnlyDictionary<string, IndexedCurves>? Find(string runDirectory) => IndexFile.Find(PathIn(runDirectory), (_, columns) => Read(columns));

    /// <summary>Writes the index of a run folder. Does nothing if the folder cannot be written.</summary>
    public static void Leave(string runDirectory, IReadOnlyDictionary<string, IndexedCurves> trials)
    {
        List<Row> rows =
        [
            .. trials.OrderBy(trial => trial.Key, StringComparer.Ordinal).SelectMany(trial => RowsOf(trial.Key, trial.Value)),
        ];
        var columns = new ColumnWriter();
        columns.Text("trial", rows.Select(row => row.Id));
        columns.Int64("bytes", rows.Select(row => row.Stamp.Bytes));
        columns.Int64("ticks", rows.Select(row => row.Stamp.Ticks));
        columns.Text("split", rows.Select(row => row.Split));
        columns.NullableText("verdict", rows.Select(row => row.Verdict));
        columns.DoubleList("updates", rows.Select(row => Array.ConvertAll(row.Updates, update => (double)update)));
        columns.DoubleList("errors", rows.Select(row => row.Errors));
        IndexFile.Leave(PathIn(runDirectory), new Dictionary<string, string>(), columns);
    }

    private static IEnumerable<Row> RowsOf(string id, IndexedCurves known)
    {
        if (known.Verdict is not null)
            yield return new(id, known.Stamp, VerdictRow, known.Verdict, [], []);
        foreach (var (split, (updates, errors)) in known.Curves ?? new Dictionary<string, (long[] Updates, double[] Errors)>())
            yield return new(id, known.Stamp, split, null, updates, errors);
    }

    private static Dictionary<string, IndexedCurves> Read(ColumnReader columns)
    {
        var (ids, bytes, ticks, splits) = (columns.Text("trial"), columns.Int64("bytes"), columns.Int64("ticks"), columns.Text("split"));
        var (verdicts, updates, errors) = (columns.NullableText("verdict"), columns.DoubleList("updates"), columns.DoubleList("errors"));
        var shared = new Dictionary<string, long[]>();
        // Trials of a study are evaluated at the same updates: one array serves all.
        long[] Shared(double[] list)
        {
            var key = string.Join(' ', list);
            return shared.TryGetValue(key, out var known) ? known : shared[key] = Array.ConvertAll(list, update => (long)update);
        }

        return Enumerable.Range(0, columns.Rows).GroupBy(i => ids[i]).ToDictionary(trial => trial.Key, trial =>
        {
            var curves = trial.Where(i => splits[i] != VerdictRow).ToDictionary(i => splits[i], i => (Shared(updates[i]), errors[i]));
            return new IndexedCurves(new(bytes[trial.First()], ticks[trial.First()]),
                trial.Where(i => splits[i] == VerdictRow).Select(i => verdicts[i]).FirstOrDefault(), curves.Count == 0 ? null : curves);
        });
    }

    private sealed record Row(string Id, FileStamp Stamp, string Split, string? Verdict, long[] Updates, double[] Errors);
}
