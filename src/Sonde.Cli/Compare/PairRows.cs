using Sonde.Analysis.Selecting;
using Sonde.Probes;
using Sonde.Records.Trials;
using Sonde.Training;

namespace Sonde.Cli.Compare;

/// <summary>What two trials recorded at the same updates and of the same layers.</summary>
internal static class PairRows
{
    /// <summary>What is shown of a layer.</summary>
    public static IReadOnlyList<LayerColumn> Columns { get; } =
    [
        new("activation mean", Quantity.Activation, row => row.Mean),
        new("activation sd", Quantity.Activation, row => row.Sd),
        new("saturated", Quantity.Activation, row => row.Saturated),
        new("dCost/ds sd", Quantity.BackpropagatedGradient, row => row.Sd),
        new("dCost/dW sd", Quantity.WeightGradient, row => row.Sd),
    ];

    /// <summary>Both errors of a split at every update at which either was evaluated.</summary>
    public static IReadOnlyList<(long Update, double? First, double? Second)> Curve(TrialPair pair, string split)
    {
        var (first, second) = (Errors(pair.First, split), Errors(pair.Second, split));
        double? At(Dictionary<long, double> errors, long update) => errors.TryGetValue(update, out var error) ? error : null;
        return [.. first.Keys.Union(second.Keys).Order().Select(update => (update, At(first, update), At(second, update)))];
    }

    /// <summary>Hidden layers from the input, then the output layers, which are compared with each other whatever the depths.</summary>
    public static IReadOnlyList<(string Name, int First, int Second)> Layers(TrialPair pair)
    {
        var (first, second) = (Outputs(pair.First), Outputs(pair.Second));
        var hidden = Enumerable.Range(1, Math.Max(0, Math.Max(first, second) - 1));
        return [.. hidden.Select(layer => ($"{layer}", layer < first ? layer : 0, layer < second ? layer : 0)), ("output", first, second)];
    }

    /// <summary>The last update at which probes looked; null where they never did.</summary>
    public static long? LastLook(RecordedTrial trial) => trial.Layers.Count == 0 ? null : trial.Layers[^1].Update;

    /// <summary>A number of a layer at the last look; null where there is none.</summary>
    public static double? Last(RecordedTrial trial, int layer, LayerColumn column) =>
        trial.Layers.LastOrDefault(row => row.Layer == layer && row.Quantity == column.Quantity && row.Update == LastLook(trial)) is { } row
            ? column.Of(row) : null;

    private static int Outputs(RecordedTrial trial) => trial.Layers.Select(row => row.Layer).DefaultIfEmpty(0).Max();

    private static Dictionary<long, double> Errors(RecordedTrial trial, string split) =>
        trial.Curve.Where((CurvePoint point) => point.Split == split).ToDictionary(point => point.Update, point => point.Error);
}

/// <summary>One number of a layer.</summary>
internal sealed record LayerColumn(string Name, string Quantity, Func<LayerStatistics, double?> Of);
