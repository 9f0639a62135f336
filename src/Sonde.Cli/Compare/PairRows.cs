using Sonde.Analysis.Selecting;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Cli.Compare;

/// <summary>What two trials recorded at the same updates and of the same layers.</summary>
internal static class PairRows
{
    /// <summary>The numbers that are shown for each layer.</summary>
    public static IReadOnlyList<LayerColumn> Columns { get; } =
    [
        new("activation mean", Quantity.Activation, row => row.Mean, Sacrifice: 2),
        new("activation sd", Quantity.Activation, row => row.Sd),
        new("saturated", Quantity.Activation, row => row.Saturated, Sacrifice: 1),
        new("dCost/ds sd", Quantity.BackpropagatedGradient, row => row.Sd),
        new("dCost/dW sd", Quantity.WeightGradient, row => row.Sd),
    ];

    /// <summary>Returns a number of both curves of a split, their error if nothing else is asked for, at every update at which one of them has it.</summary>
    public static IReadOnlyList<(long Update, double? First, double? Second)> Curve(TrialPair pair, string split, Func<CurvePoint, double?>? of = null)
    {
        var (first, second) = (Numbers(pair.First, split, of), Numbers(pair.Second, split, of));
        double? At(Dictionary<long, double> errors, long update) => errors.TryGetValue(update, out var error) ? error : null;
        return [.. first.Keys.Union(second.Keys).Order().Select(update => (update, At(first, update), At(second, update)))];
    }

    /// <summary>Returns the hidden layers from the input, then the output layers, which are compared with each other even if the depths differ.</summary>
    public static IReadOnlyList<(string Name, int First, int Second)> Layers(TrialPair pair)
    {
        var (first, second) = (Outputs(pair.First), Outputs(pair.Second));
        var hidden = Enumerable.Range(1, Math.Max(0, Math.Max(first, second) - 1));
        return [.. hidden.Select(layer => ($"{layer}", layer < first ? layer : 0, layer < second ? layer : 0)), ("output", first, second)];
    }

    /// <summary>Returns the last update at which layers were recorded; null if there is none.</summary>
    public static long? LastUpdate(RecordedTrial trial) => trial.Layers.Count == 0 ? null : trial.Layers[^1].Update;

    /// <summary>Returns a number of a layer at the last recorded update; null if there is none.</summary>
    public static double? Last(RecordedTrial trial, int layer, LayerColumn column) =>
        trial.Layers.LastOrDefault(row => row.Layer == layer && row.Quantity == column.Quantity && row.Update == LastUpdate(trial)) is { } row
            ? column.Of(row) : null;

    private static int Outputs(RecordedTrial trial) => trial.Layers.Select(row => row.Layer).DefaultIfEmpty(0).Max();

    private static Dictionary<long, double> Numbers(RecordedTrial trial, string split, Func<CurvePoint, double?>? of) =>
        trial.Curve.Where(point => point.Split == split).Select(point => (point.Update, Value: of is null ? point.Error : of(point)))
            .Where(point => point.Value is { } value && !double.IsNaN(value)).ToDictionary(point => point.Update, point => point.Value!.Value);
}

/// <summary>One number of a layer.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Quantity">The quantity that it summarizes.</param>
/// <param name="Of">Reads it from a row.</param>
/// <param name="Sacrifice">How soon it is left out on a narrow terminal, see <see cref="Shell.ResultColumn"/>.</param>
internal sealed record LayerColumn(string Name, string Quantity, Func<LayerStatistics, double?> Of, int Sacrifice = 0);
