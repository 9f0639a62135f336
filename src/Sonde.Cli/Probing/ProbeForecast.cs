using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Theory;

namespace Sonde.Cli.Probing;

/// <summary>What theory predicts for a probed network, for tables and JSON.</summary>
/// <param name="network">The network.</param>
/// <param name="rows">The rows of one seed, those of the input among them.</param>
internal sealed class ProbeForecast(Network network, IReadOnlyList<LayerStatistics> rows)
{
    private readonly Forecast forecast = Forecast.Of(
        network,
        ExampleMoments.FindIn(rows)
            ?? throw new ArgumentException($"Expected the rows of {nameof(InputProbe)}, found none. Measure with {nameof(ProbeList)}.Basic.", nameof(rows)),
        InitializationProbe.Batch);

    /// <summary>What the columns mean, how gradients should change on their way down, and why a column is empty.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (forecast.MeanField.Count > 0)
                yield return "theory: mean field; linear: the paper's eqs 5 to 7 (docs/theory.md).";
            if (forecast.DepthSentence is { } sentence)
                yield return sentence;
            foreach (var note in forecast.Notes)
                yield return note;
        }
    }

    /// <summary>Over how many hidden layers the variance of back-propagated gradients changes by a factor e; <c>unlimited</c> if it stays level.</summary>
    public string DepthScale => forecast.DepthScale switch { null => "-", double.PositiveInfinity => "unlimited", { } scale => $"{scale:0.0}" };

    /// <summary>Returns one number of a layer from both theories, each padded to eight characters.</summary>
    public string Cells(int layer, Func<LayerForecast, double> number, Func<double, string> format)
    {
        string Cell(IReadOnlyList<LayerForecast> layers) => layers.Count == 0 ? "-" : format(number(layers[layer - 1]));
        return $"{Cell(forecast.MeanField),-8}  {Cell(forecast.Linear),-8}";
    }

    /// <summary>Returns a layer's <c>predicted</c>.</summary>
    public JsonObject ToJson(int layer) => new() { ["meanField"] = Predicted(forecast.MeanField, layer), ["linear"] = Predicted(forecast.Linear, layer) };

    /// <summary>Returns the forecast of the network as a whole.</summary>
    public JsonObject ToJson() => new()
    {
        ["depthScale"] = Terminal.Number(forecast.DepthScale),
        ["input"] = new JsonObject
        {
            ["square"] = Terminal.Number(forecast.Examples.Square), ["pair"] = Terminal.Number(forecast.Examples.Pair),
            ["sameClass"] = Terminal.Number(forecast.Examples.SameClass),
        },
        ["notes"] = new JsonArray([.. forecast.Notes.Select(note => (JsonNode)note)]),
    };

    private static JsonObject? Predicted(IReadOnlyList<LayerForecast> layers, int layer)
    {
        if (layers.Count == 0)
            return null;
        var expected = layers[layer - 1];
        static JsonObject Sd(double sd) => new() { ["sd"] = Terminal.Number(sd) };
        return new()
        {
            [Quantity.Activation] = new JsonObject { ["mean"] = Terminal.Number(expected.ActivationMean), ["sd"] = Terminal.Number(expected.ActivationSd) },
            [Quantity.Preactivation] = Sd(expected.PreactivationSd),
            [Quantity.BackpropagatedGradient] = Sd(expected.BackpropagatedGradientSd),
            [Quantity.WeightGradient] = Sd(expected.WeightGradientSd),
            ["chi"] = Terminal.Number(expected.Chi),
        };
    }
}
