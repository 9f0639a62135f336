using Sonde.Figures.Trials;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Sigmoids;

/// <summary>The activations of a sigmoid network's top layer fall to 0, while the layers below it stay above 0.5 [Glorot2010, section 3.1, fig. 2].</summary>
internal sealed class TopLayerCollapse() : Claim(
    "top-layer-collapse", "The top layer of a sigmoid network collapses to 0",
    "Section 3.1: “very quickly at the beginning, all the sigmoid activation values of the last hidden layer are pushed to their lower saturation value "
        + "of 0. "
    + "Inversely, the others layers have a mean activation value that is above 0.5, and decreasing as we go from the output layer to the input layer.” "
    + "In figure "
    + "2 the top layer's mean is 0.15 at epoch 2, 0.06 at epoch 5 and 0.04 at epoch 10; the layers below it are at 0.80, 0.60 and 0.52 to 0.55.",
    "paper/shapeset")
{
    /// <summary>A layer with a mean below this has collapsed: it is in the lower 5 % of the range, which counts as saturated.</summary>
    internal const double Collapsed = 0.05;

    // The figure's values are read to 0.02; the curve is steep at first.
    private const double Tolerance = 0.03;

    // Figure 2's layers 1 to 3 while the top layer is at 0, from epoch 10 to 90. Layer 1's is between 0.52 and 0.55.
    private static readonly double[] PaperBelow = [0.535, 0.6, 0.8];
    private const long PlateauBegins = 200_000, PlateauEnds = 1_800_000;
    private const double ToleranceBelow = 0.05;

    // A layer's mean starts at 0.5 give or take 0.005, from the draw of a thousand weights per unit. A mean this little below 0.5 does not count as below.
    private const double Luck = 0.01;

    // In figure 2 the top layer's mean is below 0.05 from 140,000 updates on.
    private const long PaperCollapses = 140_000;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var model = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(4));
        var (recorded, top) = (model.RecordedUpdates(), model.Depth);
        if (recorded.Count < 2)
            return ItemResult.NotRun("The sigmoid network of depth four has no records of training yet.");
        double Top(long update) => model.At(Quantity.Activation, top, row => row.Mean, update);
        var first = recorded.FirstOrDefault(update => Top(update) < Collapsed, -1);
        var update = first >= 0 ? first : recorded.MinBy(Top);
        var below = model.Profile(Quantity.Activation, row => row.Mean, update).SkipLast(1).ToList();
        var isAbove = below.All(mean => mean > 0.5 - Luck);
        var isRising = below.Zip(below.Skip(1)).All(pair => pair.First < pair.Second);
        // A collapse that comes later than a run without one may last counts against the claim too.
        const double Latest = Judgement.EventFactor * PaperCollapses;
        bool? isSeen = first >= 0 ? isAbove && isRising && first <= Latest : Judgement.IsLongEnough(model.Updates(), PaperCollapses) ? false : null;
        var words = first >= 0 ? $"falls below {Collapsed} within {first:N0} updates" : $"falls no lower than {Top(update):0.000} in "
            + $"{model.Updates():N0} updates";
        var judgement = new Judgement()
            .Order($"the top layer below {Collapsed}, the others above 0.5 and rising towards the output", "yes",
                $"{Top(update):0.000}; {Readings.Row(below, "0.000")}, at update {update:N0}", isSeen,
                    $"by update {Latest:N0} at the latest")
            .Curve($"mean activation of layer {top}", PaperCurves.Find("2", "layer-4-mean"),
                SampledCurve.OfLayer(model, Quantity.Activation, top, row => row.Mean),
                _ => Tolerance, format: "0.000");
        var plateau = recorded.LastOrDefault(at => at is >= PlateauBegins and <= PlateauEnds);
        for (var layer = 1; plateau > 0 && layer <= Math.Min(PaperBelow.Length, top - 1); layer++)
            judgement.Number($"mean activation of layer {layer}, update {plateau:N0}", PaperBelow[layer - 1],
                model.Values(Quantity.Activation, layer, row => row.Mean, plateau), ToleranceBelow);
        return judgement
            .Note("share of that layer's activations that are saturated at the end", "all",
                Readings.Text(model.Values(Quantity.Activation, top, row => row.Saturated ?? 0), "0.00"))
            .Note("learning rate", "–", ModelReadings.RateOf(model))
            .Result($"The mean activation of layer {top} {words}. The means of the layers below it are then {Readings.Row(below)}, "
                + $"{(isRising ? "rising" : "not rising")} towards the output.", new ActivationBands().Draw(model.Trials[0]));
    }
}
