using System.Text.Json.Nodes;
using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;

namespace Sonde.Cli;

/// <summary>What <c>sonde probe</c> measured, as a table or as JSON.</summary>
internal sealed class ProbeResult(Network network, Dataset data, int examples, IReadOnlyList<IReadOnlyList<LayerStatistics>> perSeed)
{
    private static readonly (string Name, Func<LayerStatistics, double?> Of)[] Columns =
    [
        ("mean", r => r.Mean), ("sd", r => r.Sd), ("min", r => r.Min), ("p2", r => r.P2), ("p25", r => r.P25), ("p50", r => r.P50),
        ("p75", r => r.P75), ("p98", r => r.P98), ("max", r => r.Max), ("saturated", r => r.Saturated), ("dead", r => r.Dead),
    ];

    private static readonly string[] Quantities =
        [Quantity.Activation, Quantity.Preactivation, Quantity.BackpropagatedGradient, Quantity.WeightGradient, Quantity.Weight];

    /// <summary>Means over seeds, row by row: every seed has the same rows in the same order.</summary>
    private readonly IReadOnlyList<LayerStatistics> mean = [.. Enumerable.Range(0, perSeed[0].Count).Select(k => Mean([.. perSeed.Select(rows => rows[k])]))];

    /// <summary>What is measured, in one line.</summary>
    public static string Heading(Network network, Dataset data, int examples, int seeds) =>
        $"{data.Inputs} -> {network.HiddenText} -> {network.Classes}, {network.Activation}, {network.Initializer} initialization, on {data.Name}: "
        + $"{examples} examples, mean of {seeds} seed{(seeds == 1 ? "" : "s")}";

    /// <summary>The numbers under the heading.</summary>
    public void WriteTable(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("         activation z                        dCost/ds        dCost/dW");
        output.WriteLine("layer    mean       sd         98 % below    sd              sd");
        for (var layer = 1; layer <= network.Layers; layer++)
        {
            var z = Row(Quantity.Activation, layer);
            var name = layer > network.Depth ? "output" : $"{layer}";
            output.WriteLine(
                $"{name,-6}   {z.Mean,-9:0.0000}  {z.Sd,-9:0.0000}  {z.P98,-12:0.0000}  {Row(Quantity.BackpropagatedGradient, layer).Sd,-14:0.000E+00}  "
                    + $"{Row(Quantity.WeightGradient, layer).Sd:0.000E+00}");
        }
        foreach (var finding in Findings())
            output.WriteLine($"{Environment.NewLine}{finding.Sentence}");
    }

    public JsonObject ToJson() => new()
    {
        ["network"] = new JsonObject
        {
            ["data"] = data.Name, ["inputs"] = network.Inputs, ["hidden"] = network.HiddenText, ["classes"] = network.Classes,
            ["activation"] = network.Activation.Name,
            ["init"] = network.Initializer.Name, ["cost"] = network.Cost.Name, ["examples"] = examples, ["seeds"] = perSeed.Count,
        },
        ["layers"] = Layers(mean),
        ["findings"] = new JsonArray([.. Findings().Select(finding => (JsonNode)new JsonObject
            {
                ["name"] = finding.Name, ["sentence"] = finding.Sentence,
                ["evidence"] = new JsonObject(finding.Evidence.Select(e => KeyValuePair.Create(e.Key, Terminal.Number(e.Value)))),
            })]),
        ["perSeed"] = new JsonArray([.. perSeed.Select((rows, index) => (JsonNode)new JsonObject { ["seed"] = index + 1, ["layers"] = Layers(rows) })]),
    };

    private JsonArray Layers(IReadOnlyList<LayerStatistics> rows) => new([.. Enumerable.Range(1, network.Layers).Select(layer =>
    {
        var node = new JsonObject { ["layer"] = layer, ["isOutput"] = layer > network.Depth };
        foreach (var quantity in Quantities)
        {
            var row = rows.First(r => r.Layer == layer && r.Quantity == quantity);
            node[quantity] = new JsonObject(Columns.Where(c => c.Of(row) is not null).Select(c =>
                KeyValuePair.Create(c.Name, Terminal.Number(c.Of(row)!.Value))));
        }
        return (JsonNode)node;
    })]);

    private IReadOnlyList<Finding> Findings() => Verdict.Of(NetworkFacts.Of(network), [], mean).Findings;

    private LayerStatistics Row(string quantity, int layer) => mean.First(r => r.Quantity == quantity && r.Layer == layer);

    private static LayerStatistics Mean(IReadOnlyList<LayerStatistics> rows) => rows[0] with
    {
        Mean = rows.Average(r => r.Mean),
        Sd = rows.Average(r => r.Sd),
        Min = rows.Average(r => r.Min),
        P2 = rows.Average(r => r.P2),
        P25 = rows.Average(r => r.P25),
        P50 = rows.Average(r => r.P50),
        P75 = rows.Average(r => r.P75),
        P98 = rows.Average(r => r.P98),
        Max = rows.Average(r => r.Max),
        Saturated = rows.Average(r => r.Saturated),
        Dead = rows.Average(r => r.Dead),
        NonFinite = rows.Sum(r => r.NonFinite),
    };
}
