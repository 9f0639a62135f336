using Sonde.Paper.Claims;
using Sonde.Paper.Curves;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Items;

/// <summary>Figure 6: histograms of activations at initialization.</summary>
internal sealed class Figure06() : InitializationFigure(
    6, "Activations at initialization",
    "Tanh, standard initialization: the 0-peak grows with the layer; normalized: the layers are alike (section 4.2).",
    HistogramRows.Figure6, Quantity.Activation, layer => layer.ActivationSd)
{
    // In the paper's figure the width of a layer is about half that of the layer below (standard), or nearly the same (normalized). Layer 1 has no layer
    // below it.
    private const double Shrinks = 0.75, Stays = 0.5;

    private const double Tolerance = 0.2;

    /// <inheritdoc/>
    protected override ItemResult MeasuredVerdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        var (standard, normalized) = (models[0].Profile(Quantity.Activation, row => row.Sd, 0), models[1].Profile(Quantity.Activation, row => row.Sd, 0));
        if (standard.Any(double.IsNaN) || normalized.Any(double.IsNaN) || standard.Count == 0 || normalized.Count == 0)
            return ItemResult.NotRun("One of the two initializations has not been recorded yet.");
        var shrinks = standard.Zip(standard.Skip(1)).All(pair => pair.Second < Shrinks * pair.First);
        var isLevel = normalized[^1] > Stays * normalized[0];
        var isInOrder = standard[^1] / standard[0] < normalized[^1] / normalized[0];
        var judgement = new Judgement()
            .Order("sd of activations by layer, standard", $"shrinks, by more than a factor {Shrinks} per layer", Readings.Row(standard, "0.000"), shrinks)
            .Order("sd of activations by layer, normalized", "level", Readings.Row(normalized, "0.000"), isLevel && isInOrder,
                $"layer {normalized.Count} at {normalized[^1] / normalized[0]:0.00} of layer 1, {Stays:0.00} at least");
        for (var layer = 1; layer <= normalized.Count; layer++)
            judgement.Number($"density of layer {layer} at 0, normalized", PaperPeaks.ActivationsN[layer - 1],
                PeakOf(models[1], Quantity.Activation, layer), Tolerance);
        return judgement.Result(
            $"From the first hidden layer to the last the standard deviation falls to {standard[^1] / standard[0]:0.00} of its size under the standard "
                + $"and to "
            + $"{normalized[^1] / normalized[0]:0.00} under the normalized initialization.");
    }
}
