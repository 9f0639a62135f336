using Sonde.Data;
using Sonde.Numerics.Checks;
using Sonde.Probes;
using Sonde.Training;

namespace Sonde.Diagnosis;

/// <summary>A trial's rows from update 0 on, as findings ask for them: by quantity and hidden layer, the first and the last.</summary>
public sealed class TrialHistory
{
    private readonly ILookup<(string Quantity, int Layer), LayerStatistics> rows;

    /// <summary>Orders the rows.</summary>
    /// <param name="network">The network.</param>
    /// <param name="curve">Errors, in any order; may be empty.</param>
    /// <param name="layers">Statistics, in any order; may be empty.</param>
    /// <param name="chanceError">Error of always guessing the commonest class, in per cent; null to take it from the probe examples, if they were
    /// recorded.</param>
    public TrialHistory(NetworkFacts network, IEnumerable<CurvePoint> curve, IEnumerable<LayerStatistics> layers, double? chanceError = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(curve);
        ArgumentNullException.ThrowIfNull(layers);
        if (chanceError is not (null or >= 0 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(chanceError), chanceError, $"Expected an error of 0 to 100 per cent, got {chanceError}. Leave it out "
                + "if it is not known.");
        var (points, statistics) = (curve.ToList(), layers.ToList());
        Network = network;
        TestCurve = [.. points.Where(point => point.Split == "test").OrderBy(point => point.Update)];
        TrainCurve = [.. points.Where(point => point is { Split: "train", Update: >= 0 }).OrderBy(point => point.Update)];
        IsPretrained = points.Exists(point => point.Update < 0) || statistics.Exists(row => row.Update < 0);
        // What comes before update 0 is pre-training, and no sign of how the network trains.
        rows = statistics.Where(row => row.Update >= 0 || row.Layer == InputProbe.Layer).OrderBy(row => row.Update).ToLookup(row => (row.Quantity, row.Layer));
        Updates = points.Select(point => point.Update).Concat(statistics.Select(row => row.Update)).Append(0).Max();
        // Always giving the mean of the targets has an R² of 0 by definition.
        var known = chanceError ?? (network.Task == TargetKind.Values ? 100 : null);
        Chance = known is double error ? new(error, ChanceLevel.ExactMargin) { Task = network.Task } : ChanceLevel.FindIn(this);
    }

    /// <summary>The network.</summary>
    public NetworkFacts Network { get; }

    /// <summary>True if pre-training came before update 0.</summary>
    public bool IsPretrained { get; }

    /// <summary>Error of always guessing the commonest class, in per cent; null if neither the caller nor the records know it.</summary>
    public double? ChanceError => Chance?.Error;

    /// <summary>The test error over updates.</summary>
    public IReadOnlyList<CurvePoint> TestCurve { get; }

    /// <summary>The error and cost of training examples over updates: a point averages the mini-batches since the point before.</summary>
    public IReadOnlyList<CurvePoint> TrainCurve { get; }

    /// <summary>How the network is trained.</summary>
    public TrainingSetting Training { get; init => field = Given.NotNull(value, nameof(Training)); } = new();

    /// <summary>Updates done; the last one in the records if nothing else is said.</summary>
    public long Updates { get; init => field = Given.AtLeast(0L, value, nameof(Updates)); }

    /// <summary>Where numbers stopped being finite; null if they did not, or it is not known.</summary>
    public Divergence? Divergence { get; init; }

    /// <summary>What the records count instead of updates, in the singular, such as <c>epoch</c>: how many updates were done is unknown then. Null if they
    /// count updates.</summary>
    public string? CountedIn { get; init; }

    /// <summary>True if another program trained it.</summary>
    internal bool IsImported { get; init; }

    /// <summary>True unless only curves are known and no network.</summary>
    internal bool HasNetwork { get; init; } = true;

    /// <summary>Why findings that count updates are not looked for; null if updates are counted.</summary>
    internal string? LacksUpdates => CountedIn is null ? null : $"the curves count {CountedIn}s, so the number of updates is not known";

    /// <summary>What the records count: <c>update</c>, <c>epoch</c>.</summary>
    internal string Step => CountedIn ?? "update";

    /// <summary>Writes a count: <c>1 update</c>, <c>19 epochs</c>.</summary>
    internal string Steps(long count) => $"{NumberText.Whole(count)} {Step}{(count == 1 ? "" : "s")}";

    internal ChanceLevel? Chance { get; }

    /// <summary>What readers see of errors.</summary>
    internal ErrorMeasure Measure => ErrorMeasure.Of(Network.Task);

    /// <summary>How well it fits its examples.</summary>
    internal TrialFit Fit => field ??= new(this);

    /// <summary>The first row of a quantity of the input; null if it was not recorded.</summary>
    internal LayerStatistics? Row(string quantity) => rows[(quantity, InputProbe.Layer)].FirstOrDefault();

    /// <summary>A number of that row, its mean if nothing else is said; null if it was not recorded.</summary>
    internal double? Number(string quantity, Func<LayerStatistics, double>? of = null) =>
        Row(quantity) is { } row && (of?.Invoke(row) ?? row.Mean) is var number && double.IsFinite(number) ? number : null;

    /// <summary>Returns the rows of one quantity of one layer, ordered by update; empty if none were recorded.</summary>
    public IReadOnlyList<LayerStatistics> Rows(string quantity, int layer) => [.. rows[(Given.NotNull(quantity, nameof(quantity)), layer)]];

    /// <summary>Returns the first row of each hidden layer; empty unless every hidden layer has one, all at the same update.</summary>
    public IReadOnlyList<LayerStatistics> First(string quantity) => Complete(Given.NotNull(quantity, nameof(quantity)), series => series[0]);

    /// <summary>Returns the last row of each hidden layer; empty unless every hidden layer has one, all at the same update.</summary>
    public IReadOnlyList<LayerStatistics> Last(string quantity) => Complete(Given.NotNull(quantity, nameof(quantity)), series => series[^1]);

    private List<LayerStatistics> Complete(string quantity, Func<IReadOnlyList<LayerStatistics>, LayerStatistics> pick)
    {
        var found = Enumerable.Range(1, Network.Depth).Select(layer => Rows(quantity, layer)).Where(series => series.Count > 0).Select(pick).ToList();
        return found.Count == Network.Depth && found.TrueForAll(row => row.Update == found[0].Update) ? found : [];
    }
}
