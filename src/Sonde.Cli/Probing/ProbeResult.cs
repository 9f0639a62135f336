using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Data;
using Sonde.Diagnosis;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Theory;

namespace Sonde.Cli.Probing;

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

    private readonly ProbeForecast forecast = new(network, perSeed[0]);

    /// <summary>What is measured, in one line.</summary>
    public static string Heading(Network network, Dataset data, int examples, int seeds) =>
        $"{data.Inputs} -> {network.HiddenText} -> {network.Classes}, {network.Activation}, {network.Initializer} initialization, on {data.Name}: "
        + $"{examples} examples, mean of {seeds} seed{(seeds == 1 ? "" : "s")}";

    /// <summary>The numbers under the heading.</summary>
    public void WriteTable(TextWriter output)
    {
        output.WriteLine();
        output.WriteLine("        activation z                                    sd of dCost/ds                  sd of dCost/dW");
        output.WriteLine("layer   mean     98 % <   sd       theory    linear      measured  theory    linear      measured  theory    linear");
        for (var layer = 1; layer <= network.Layers; layer++)
        {
            var z = Row(Quantity.Activation, layer);
            var name = layer > network.Depth ? "output" : $"{layer}";
            output.WriteLine((
                $"{name,-6}  {z.Mean,-7:0.0000}  {z.P98,-7:0.0000}  {z.Sd,-7:0.0000}  {forecast.Cells(layer, f => f.ActivationSd, "0.0000")}    "
                + $"{Row(Quantity.BackpropagatedGradient, layer).Sd,-8:0.00E+00}  {forecast.Cells(layer, f => f.BackpropagatedGradientSd, "0.00E+00")}    "
                + $"{Row(Quantity.WeightGradient, layer).Sd,-8:0.00E+00}  {forecast.Cells(layer, f => f.WeightGradientSd, "0.00E+00")}").TrimEnd());
        }
        WriteJacobians(output);
        output.WriteLine();
        foreach (var note in forecast.Notes)
            output.WriteLine(note);
        foreach (var finding in Findings())
            output.WriteLine($"{Environment.NewLine}{finding.Sentence}");
    }

    /// <summary>Singular values of each hidden layer's Jacobian, where they were taken, beside the mean predicted for pre-activations of this mean and
    /// sd.</summary>
    private void WriteJacobians(TextWriter output)
    {
        var rows = mean.Where(row => row.Quantity == Quantity.Jacobian).ToList();
        if (rows.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("        singular values of dz/dz of the layer below");
        output.WriteLine("layer   mean     theory   rms      smallest  largest");
        foreach (var row in rows)
            output.WriteLine($"{row.Layer,-6}  {row.Mean,-7:0.0000}  {PredictedJacobian(row.Layer).Mean,-7:0.0000}  {RootMeanSquare(row),-7:0.0000}  "
                + $"{row.Min,-8:0.0000}  {row.Max:0.0000}");
    }

    private JacobianSpectrum PredictedJacobian(int layer)
    {
        var s = Row(Quantity.Preactivation, layer);
        return JacobianSpectrum.AtInitialization(network, layer, s.Mean, s.Sd);
    }

    private JsonObject Predicted(int layer)
    {
        var predicted = forecast.ToJson(layer);
        if (mean.Any(row => row.Layer == layer && row.Quantity == Quantity.Jacobian) && PredictedJacobian(layer) is var spectrum)
            predicted[Quantity.Jacobian] = new JsonObject { ["mean"] = Terminal.Number(spectrum.Mean), ["rms"] = Terminal.Number(spectrum.RootMeanSquare) };
        return predicted;
    }

    public JsonObject ToJson() => new()
    {
        ["network"] = new JsonObject
        {
            ["data"] = data.Name, ["inputs"] = network.Inputs, ["hidden"] = network.HiddenText, ["classes"] = network.Classes,
            ["activation"] = network.Activation.Name,
            ["init"] = network.Initializer.Name, ["cost"] = network.Cost.Name, ["examples"] = examples, ["seeds"] = perSeed.Count,
        },
        ["layers"] = Layers(mean, withForecast: true),
        ["theory"] = forecast.ToJson(),
        ["findings"] = new JsonArray([.. Findings().Select(finding => (JsonNode)new JsonObject
            {
                ["name"] = finding.Name, ["sentence"] = finding.Sentence,
                ["evidence"] = new JsonObject(finding.Evidence.Select(e => KeyValuePair.Create(e.Key, Terminal.Number(e.Value)))),
            })]),
        ["perSeed"] = new JsonArray([.. perSeed.Select((rows, index) =>
            (JsonNode)new JsonObject { ["seed"] = index + 1, ["layers"] = Layers(rows, withForecast: false) })]),
    };

    private JsonArray Layers(IReadOnlyList<LayerStatistics> rows, bool withForecast) => new([.. Enumerable.Range(1, network.Layers).Select(layer =>
    {
        var node = new JsonObject { ["layer"] = layer, ["isOutput"] = layer > network.Depth };
        foreach (var quantity in Quantities)
        {
            var row = rows.First(r => r.Layer == layer && r.Quantity == quantity);
            node[quantity] = new JsonObject(Columns.Where(c => c.Of(row) is not null).Select(c =>
                KeyValuePair.Create(c.Name, Terminal.Number(c.Of(row)!.Value))));
        }
        if (rows.FirstOrDefault(r => r.Layer == layer && r.Quantity == Quantity.Jacobian) is { } jacobian)
            node[Quantity.Jacobian] = new JsonObject
            {
                ["mean"] = Terminal.Number(jacobian.Mean), ["min"] = Terminal.Number(jacobian.Min), ["max"] = Terminal.Number(jacobian.Max),
                ["rms"] = Terminal.Number(RootMeanSquare(jacobian)),
            };
        if (withForecast)
            node["predicted"] = Predicted(layer);
        return (JsonNode)node;
    })]);

    private static double RootMeanSquare(LayerStatistics row) => Math.Sqrt(row.Mean * row.Mean + row.Sd * row.Sd);

    private IReadOnlyList<Finding> Findings() => Verdict.From(NetworkFacts.From(network), [], mean).Findings;

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
