using Sonde.Paper.Claims;
using Sonde.Paper.Claims.Saturation;
using Sonde.Paper.Curves;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Items;

/// <summary>Figure 10: 98th percentile and standard deviation of activations of tanh with the normalized initialization over training.</summary>
internal sealed class Figure10() : DrawnFigure(
    10, "Tanh N: 98th percentile and standard deviation of activations",
    "“The softsign networks share similarities with the tanh networks with normalized initialization” (section 4.3): the layers move together, and none "
    + "saturates before the others.",
    PercentilesAndSds.Figure10, "paper/shapeset")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.TrialsOf("paper/shapeset", PaperModel.TanhN.WithDepth(5))];
    }

    // Values are read off the figure to 0.02.
    private const double Tolerance = 0.05;

    // Before training the figure has the 98th percentiles of all layers between 0.70 and 0.77.
    private const double PaperP98 = 0.735, ToleranceP98 = 0.055;

    // The last update at which it was read.
    private const long PaperEnds = 1_840_000;

    // Layer 5 is below the others in each network of the paper; what tells them apart is how far layers 1 to 4 are from each other.
    private const int LayersCompared = 4;

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ArgumentNullException.ThrowIfNull(models);
        var (normalized, tanh, softsign) = (models[0], runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5)),
            runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5)));
        if (normalized.RecordedUpdates().Count < 2)
            return ItemResult.NotRun("Tanh N has no records of training.");
        var judgement = new Judgement();
        for (var layer = 1; layer <= normalized.Depth; layer++)
            judgement.Number($"98th percentile of activations of layer {layer}, tanh N, update 0", PaperP98,
                normalized.Values(Quantity.Activation, layer, row => row.P98, 0), ToleranceP98)
                .Curve($"sd of activations of layer {layer}, tanh N", PaperCurves.Find("10", $"layer-{layer}-sd"),
                    SampledCurve.OfLayer(normalized, Quantity.Activation, layer, row => row.Sd), _ => Tolerance);
        if (tanh.RecordedUpdates().Count < 2 || softsign.RecordedUpdates().Count < 2)
            return judgement.NotRun($"largest over smallest sd of layers 1 to {LayersCompared}: tanh N, softsign, tanh")
                .Result($"Values of tanh N: {judgement.Counts}. Tanh or softsign has no records of training to compare with.");
        var update = Math.Min(PaperEnds, new[] { normalized, tanh, softsign }.Min(model => model.RecordedUpdates()[^1]));
        var (ofN, ofTanh, ofSoftsign) = (Spread(normalized, update), Spread(tanh, update), Spread(softsign, update));
        // In the paper tanh's layers are apart once its first one saturates. Before that, what is apart is left of the initialization.
        var saturates = tanh.At(Quantity.Activation, 1, row => row.P98, update) >= SequentialSaturation.Saturates;
        var isNearer = Math.Abs(Math.Log(ofSoftsign / ofN)) < Math.Abs(Math.Log(ofTanh / ofSoftsign));
        return judgement
            .Order($"largest over smallest sd of layers 1 to {LayersCompared} at update {update:N0}: tanh N, softsign, tanh", "1.13, 1.23, 1.69 at epoch 92",
                $"{ofN:0.00}, {ofSoftsign:0.00}, {ofTanh:0.00}", saturates || update == PaperEnds ? isNearer : null,
                "softsign nearer to tanh N than to tanh")
            .Result($"At update {update:N0} the standard deviations of layers 1 to {LayersCompared} are within a factor of {ofN:0.00} of each other "
                + $"with tanh N, "
                + $"{ofSoftsign:0.00} with softsign and {ofTanh:0.00} with tanh.");
    }

    private static double Spread(ModelTrials model, long update) =>
        ModelProgress.Spread([.. model.Profile(Quantity.Activation, row => row.Sd, update).Take(LayersCompared)]);
}
