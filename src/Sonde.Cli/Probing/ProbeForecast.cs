using System.Globalization;
using System.Text.Json.Nodes;
using Sonde.Cli.Shell;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Theory;

namespace Sonde.Cli.Probing;

/// <summary>What theory predicts for a probed network, for tables and JSON.</summary>
/// <param name="network">The network.</param>
/// <param name="perSeed">Per seed, the rows of all probes, those of the input among them.</param>
internal sealed class ProbeForecast(Network network, IReadOnlyList<IReadOnlyList<LayerStatistics>> perSeed)
{
    private readonly Forecast forecast = Forecast.Of(
        network,
        ExampleMoments.FindIn(perSeed[0])
            ?? throw new ArgumentException($"Expected the rows of {nameof(InputProbe)}, found none. Measure with {nameof(ProbeList)}.Basic.", nameof(perSeed)),
        InitializationProbe.Batch);

    private readonly ILookup<(string, int), LayerStatistics> byPlace = perSeed.SelectMany(rows => rows).ToLookup(row => (row.Quantity, row.Layer));

    /// <summary>What the columns mean, how gradients should change on their way down, and why a column is empty.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            if (forecast.MeanField.Count > 0)
            {
                yield return "theory: mean field; linear: the paper's eqs 5 to 7 (docs/theory.md). +-: half the range in which theory expects the mean of "
                    + $"{QuantityText.Count(perSeed.Count, "seed")} in 95 of 100 cases, as layers are not endlessly wide.";
                if (WithinRange is { All: > 0 } count)
                    yield return count.Within == count.All ? $"All {count.All} of these sd of z and dCost/ds are within that range."
                        : $"{count.Within} of these {count.All} sd of z and dCost/ds are within that range.";
            }
            if (forecast.DepthSentence is { } sentence)
                yield return sentence;
            if (forecast.CorrelationSentence is { } correlation)
                yield return correlation;
            if (EndToEndJacobian.Of(forecast) is { } jacobian)
                yield return string.Create(CultureInfo.InvariantCulture, $"From the top hidden layer to layer 1 a gradient is multiplied by "
                    + $"{QuantityText.Number(jacobian.RootMeanSquare)} on average and by {QuantityText.Number(jacobian.Largest)} at most, depending on its "
                    + $"direction; {100 * jacobian.Share:0.#} % of the directions carry it.");
            foreach (var note in forecast.Notes)
                yield return note;
        }
    }

    /// <summary>Over how many hidden layers the variance of back-propagated gradients changes by a factor e; <c>unlimited</c> if it stays level.</summary>
    public string DepthScale => forecast.DepthScale switch { null => "-", double.PositiveInfinity => "unlimited", { } scale => $"{scale:0.0}" };

    /// <summary>Returns half of the range that theory expects in per cent, padded to six characters.</summary>
    private string RangeCell(int layer, Func<LayerForecast, Spread?> spread) =>
        $"{(forecast.MeanField.Count > 0 && spread(forecast.MeanField[layer - 1]) is { } known ? $"{100 * known.HalfRange(perSeed.Count):0.0} %" : "-"),-6}";

    /// <summary>How many of the hidden layers' sd of z and dCost/ds, means over seeds, are in the range that theory expects.</summary>
    private (int Within, int All) WithinRange
    {
        get
        {
            var inside = forecast.MeanField.SelectMany(layer => new[]
            {
                IsWithin(layer, Quantity.Activation, layer.ActivationSpread, layer.ActivationSd),
                IsWithin(layer, Quantity.BackpropagatedGradient, layer.BackpropagatedGradientSpread, layer.BackpropagatedGradientSd),
            }).OfType<bool>().ToList();
            return (inside.Count(isInside => isInside), inside.Count);
        }
    }

    private bool? IsWithin(LayerForecast layer, string quantity, Spread? spread, double forecastSd)
    {
        if (spread is not { } known)
            return null;
        var measured = byPlace[(quantity, layer.Layer)].Average(row => row.Sd);
        var (low, high) = known.Range(forecastSd, perSeed.Count);
        return measured >= low && measured <= high;
    }

    /// <summary>Returns one number of a layer from both theories, each padded to eight characters, with the range of the first if it has one.</summary>
    public string Cells(int layer, Func<LayerForecast, double> number, Func<double, string> format, Func<LayerForecast, Spread?>? spread = null)
    {
        string Cell(IReadOnlyList<LayerForecast> layers) => layers.Count == 0 ? "-" : format(number(layers[layer - 1]));
        return $"{Cell(forecast.MeanField),-8}  {(spread is null ? "" : $"{RangeCell(layer, spread)}  ")}{Cell(forecast.Linear),-8}";
    }

    /// <summary>Returns a layer's <c>predicted</c>.</summary>
    public JsonObject ToJson(int layer) => new() { ["meanField"] = Predicted(forecast.MeanField, layer), ["linear"] = Predicted(forecast.Linear, layer) };

    /// <summary>Returns the forecast of the network as a whole.</summary>
    public JsonObject ToJson() => new()
    {
        ["depthScale"] = Terminal.Number(forecast.DepthScale), ["signalDepth"] = Terminal.Number(forecast.SignalDepth),
        ["endToEnd"] = EndToEndJacobian.Of(forecast) is not { } jacobian ? null : new JsonObject
        {
            ["rms"] = Terminal.Number(jacobian.RootMeanSquare), ["largest"] = Terminal.Number(jacobian.Largest), ["share"] = Terminal.Number(jacobian.Share),
        },
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
        static JsonObject Sd(double sd, Spread? spread = null) => spread is not { } known ? new() { ["sd"] = Terminal.Number(sd) } : new()
        {
            ["sd"] = Terminal.Number(sd), ["low"] = Terminal.Number(known.Range(sd).Low), ["high"] = Terminal.Number(known.Range(sd).High),
        };
        var activation = Sd(expected.ActivationSd, expected.ActivationSpread);
        activation["mean"] = Terminal.Number(expected.ActivationMean);
        return new()
        {
            [Quantity.Activation] = activation,
            [Quantity.Preactivation] = Sd(expected.PreactivationSd),
            [Quantity.BackpropagatedGradient] = Sd(expected.BackpropagatedGradientSd, expected.BackpropagatedGradientSpread),
            [Quantity.WeightGradient] = Sd(expected.WeightGradientSd),
            ["chi"] = Terminal.Number(expected.Chi),
            ["correlation"] = Terminal.Number(expected.Correlation),
        };
    }
}
