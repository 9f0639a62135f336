using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Diagnosis;
using Sonde.Probes;

namespace Sonde.Cli.Probing;

/// <summary>Probed networks as JSON.</summary>
internal static class ProbeJson
{
    private static readonly (string Name, Func<LayerStatistics, double?> Of)[] Columns =
    [
        ("mean", r => r.Mean), ("sd", r => r.Sd), ("min", r => r.Min), ("p2", r => r.P2), ("p25", r => r.P25), ("p50", r => r.P50),
        ("p75", r => r.P75), ("p98", r => r.P98), ("max", r => r.Max), ("saturated", r => r.Saturated), ("dead", r => r.Dead),
    ];

    private static readonly string[] Quantities =
        [Quantity.Activation, Quantity.Preactivation, Quantity.BackpropagatedGradient, Quantity.WeightGradient, Quantity.Weight];

    /// <summary>Returns a document with one entry per network.</summary>
    public static JsonObject Of(IReadOnlyList<ProbeResult> results) =>
        new() { ["networks"] = new JsonArray([.. results.Select(result => (JsonNode)Of(result))]) };

    /// <summary>Returns the document of one network.</summary>
    public static JsonObject Of(ProbeResult result) => new()
    {
        ["network"] = new JsonObject
        {
            ["data"] = result.Probed.Data.Name, ["inputs"] = result.Network.Inputs, ["hidden"] = result.Network.HiddenText,
            ["classes"] = result.Network.Classes, ["activation"] = string.Join(", ", result.Network.Activations), ["init"] = result.Network.Initializer.Name,
            ["firstInit"] = result.Network.FirstInitializer?.Name, ["outputInit"] = result.Network.OutputInitializer?.Name,
            ["biasInit"] = result.Network.BiasInitializer?.Name,
            ["weights"] = result.Probed.WeightsFile, ["output"] = result.Network.Output.Name, ["cost"] = result.Network.Cost.Name,
            ["examples"] = result.Probed.Examples, ["seeds"] = result.PerSeed.Count,
        },
        ["layers"] = Layers(result, result.Mean, withForecast: true),
        ["theory"] = result.Forecast.ToJson(),
        ["findings"] = new JsonArray([.. result.Findings.Select(finding => (JsonNode)new JsonObject
            {
                ["name"] = EarlierName(finding), ["id"] = finding.Id, ["sentence"] = finding.Sentence,
                ["evidence"] = new JsonObject(finding.Evidence.Select(e => KeyValuePair.Create(e.Key, Terminal.Number(e.Value)))),
            })]),
        ["perSeed"] = new JsonArray([.. result.PerSeed.Select((rows, index) =>
            (JsonNode)new JsonObject { ["seed"] = index + 1, ["layers"] = Layers(result, rows, withForecast: false) })]),
    };

    // Programs rely on the names that this document has always had.
    private static string EarlierName(Finding finding) => finding.Id switch
    {
        "SO006" => "NonFiniteValues",
        "SO101" => "LargeInputs",
        "SO103" => "ConstantInputs",
        "SO208" => "EqualWeights",
        "SO304" => "DeadLayer",
        "SO305" => "VanishingBackpropagatedGradient",
        "SO306" => "ExplodingBackpropagatedGradient",
        "SO309" => "ZeroGradients",
        "SO310" => "GradientsLevel",
        _ => finding.Name,
    };

    private static JsonArray Layers(ProbeResult result, IReadOnlyList<LayerStatistics> rows, bool withForecast)
    {
        var byLayer = rows.ToLookup(row => row.Layer);
        return new([.. Enumerable.Range(1, result.Network.Layers).Select(layer => (JsonNode)Layer(result, byLayer[layer], layer, withForecast))]);
    }

    private static JsonObject Layer(ProbeResult result, IEnumerable<LayerStatistics> rows, int layer, bool withForecast)
    {
        var node = new JsonObject { ["layer"] = layer, ["isOutput"] = layer > result.Network.Depth };
        foreach (var quantity in Quantities)
        {
            var row = rows.First(r => r.Quantity == quantity);
            node[quantity] = new JsonObject(Columns.Where(c => c.Of(row) is not null).Select(c =>
                KeyValuePair.Create(c.Name, Terminal.Number(c.Of(row)!.Value))));
        }
        if (rows.FirstOrDefault(r => r.Quantity == Quantity.Jacobian) is { } jacobian)
            node[Quantity.Jacobian] = new JsonObject
            {
                ["mean"] = Terminal.Number(jacobian.Mean), ["min"] = Terminal.Number(jacobian.Min), ["max"] = Terminal.Number(jacobian.Max),
                ["rms"] = Terminal.Number(ProbeResult.RootMeanSquare(jacobian)),
            };
        if (withForecast)
            node["predicted"] = Predicted(result, layer, node.ContainsKey(Quantity.Jacobian));
        return node;
    }

    private static JsonObject Predicted(ProbeResult result, int layer, bool hasJacobian)
    {
        var predicted = result.Forecast.ToJson(layer);
        if (hasJacobian && result.PredictedJacobian(layer) is var spectrum)
            predicted[Quantity.Jacobian] = new JsonObject { ["mean"] = Terminal.Number(spectrum.Mean), ["rms"] = Terminal.Number(spectrum.RootMeanSquare) };
        return predicted;
    }
}
