using System.Collections.Concurrent;
using Sonde.Analysis.Trials;
using Sonde.Records.Files;
using Sonde.Records.Indexes;
using Sonde.Training;

namespace Sonde.Analysis.Contents;

internal sealed partial class RunIndex
{
    /// <summary>The most points of a curve: about one for each pixel of a small figure.</summary>
    public const int MostPoints = 300;

    private static readonly IReadOnlyDictionary<string, (long[] Updates, double[] Errors)> NoCurves =
        new Dictionary<string, (long[] Updates, double[] Errors)>();

    private readonly ConcurrentDictionary<string, long[]> sharedUpdates = new();
    private readonly Lock openingCurves = new();
    private ConcurrentDictionary<string, IndexedCurves>? seen;
    private int newlySeen;

    /// <summary>Returns the error curve of each split of a trial as of the last refresh, thinned to <see cref="MostPoints"/> points; empty if it has none,
    /// or none that can be read. Trials that were evaluated at the same updates share the array of them.</summary>
    /// <exception cref="KeyNotFoundException">There is no such trial.</exception>
    public IReadOnlyDictionary<string, (long[] Updates, double[] Errors)> CurvesOf(string id)
    {
        var row = rows[id];
        if (row.Trial.Manifest is null)
            return NoCurves;
        if (SeenOf(id, row) is { Curves: { } known })
            return known;
        try
        {
            var curves = Thinned(run.ReadCurve(id));
            Remember(id, row, seen => seen with { Curves = curves });
            return curves;
        }
        catch (Exception damage) when (damage is RecordException or IOException or UnauthorizedAccessException)
        {
            // The trial's own page says what is wrong with it.
            return NoCurves;
        }
    }

    /// <summary>True if <see cref="CurvesOf"/> reads no file for a trial.</summary>
    /// <exception cref="KeyNotFoundException">There is no such trial.</exception>
    public bool HasCurvesOf(string id) => rows[id] is var row && (row.Trial.Manifest is null || SeenOf(id, row) is { Curves: not null });

    /// <summary>Returns the verdict on a trial as of the last refresh, or why there is none; null if it has recorded nothing.</summary>
    /// <exception cref="KeyNotFoundException">There is no such trial.</exception>
    public string? VerdictOf(string id)
    {
        var row = rows[id];
        if (row.Trial.Manifest is null)
            return row.Trial.Message;
        if (SeenOf(id, row) is { Verdict: { } known })
            return known;
        try
        {
            var sentence = TrialFacts.VerdictOf(run.ReadStatistics(id)).Sentence;
            Remember(id, row, seen => seen with { Verdict = sentence });
            return sentence;
        }
        catch (Exception damage) when (damage is RecordException or IOException or UnauthorizedAccessException or FormatException)
        {
            return damage.Message;
        }
    }

    /// <summary>Leaves the curves and verdicts that were read to the next process, if the file that is there lacks much of them. Does nothing if the folder
    /// cannot be written.</summary>
    public void LeaveCurves()
    {
        lock (openingCurves)
        {
            if (seen is null || rows.Count < fewestIndexed || newlySeen <= rows.Count / MissingShare
                || findRefusal(CurveIndex.PathIn(run.Directory)) is not null)
                return;
            newlySeen = 0;
            CurveIndex.Leave(run.Directory, seen.Where(trial => rows.TryGetValue(trial.Key, out var row) && row.IsSettled && row.Stamp == trial.Value.Stamp)
                .ToDictionary());
        }
    }

    /// <summary>Returns at most <see cref="MostPoints"/> of a number of points, evenly, the first and the last among them.</summary>
    internal static int[] PlacesOf(int count) => count <= MostPoints ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, MostPoints).Select(k => (int)((long)k * (count - 1) / (MostPoints - 1)))];

    private Dictionary<string, (long[] Updates, double[] Errors)> Thinned(IReadOnlyList<CurvePoint> curve) =>
        curve.GroupBy(point => point.Split).ToDictionary(split => split.Key, split =>
        {
            var points = split.ToList();
            var shown = PlacesOf(points.Count).Select(k => points[k]).ToList();
            return (Shared([.. shown.Select(point => point.Update)]), shown.Select(point => point.Error).ToArray());
        });

    private long[] Shared(long[] updates) => sharedUpdates.GetOrAdd(string.Join(' ', updates), updates);

    private IndexedCurves? SeenOf(string id, Row row) => Seen().TryGetValue(id, out var known) && known.Stamp == row.Stamp ? known : null;

    private void Remember(string id, Row row, Func<IndexedCurves, IndexedCurves> add)
    {
        Seen().AddOrUpdate(id, _ => add(new(row.Stamp, null, null)),
            (_, before) => add(before.Stamp == row.Stamp ? before : new(row.Stamp, null, null)));
        Interlocked.Increment(ref newlySeen);
    }

    private ConcurrentDictionary<string, IndexedCurves> Seen()
    {
        lock (openingCurves)
            return seen ??= new(findRefusal(CurveIndex.PathIn(run.Directory)) is null && CurveIndex.Find(run.Directory) is { } found ? found : []);
    }
}
