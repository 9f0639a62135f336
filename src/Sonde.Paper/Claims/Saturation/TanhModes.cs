using Sonde.Figures.Trials;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Saturation;

/// <summary>The activations of a trained tanh network are at its limits in the lower layers and around 0 in the upper ones [Glorot2010, section 3.3, fig.
/// 4].</summary>
internal sealed class TanhModes() : Claim(
    "tanh-modes", "Tanh activations end at the limits in the lower layers and around 0 in the upper ones",
    "Section 3.3: tanh “yields modes of the activations distribution mostly at the extremes (asymptotes -1 and 1) or around 0.” In figure 4 layers 1 "
        + "and 2 are "
    + "flat near a density of 0.45, with spikes above 3 at -1 and 1; layers 3, 4 and 5 have densities of 0.7, 1.2 and 2.8 at 0.",
    "paper/shapeset")
{
    private const double Relative = 0.3;

    // Layer 3 may have its mode at either end; layers 4 and 5 have it at 0.
    private const int LayersWithSpikes = 2, LayersAtZeroFrom = 4;

    // A mode at 0: in the two lowest joined bins of |activation|, which end here.
    private const double AtZero = 0.2;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var tanh = runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5));
        if (!tanh.HasLearned())
            return tanh.OnPlateau();
        var layers = LastDensities.Of(tanh);
        if (layers.Count != PaperPeaks.TrainedTanh.Count)
            return ItemResult.NotRun("No histograms of tanh activations of five layers were recorded at the end yet.");
        var judgement = new Judgement();
        for (var layer = 1; layer <= layers.Count; layer++)
        {
            var (paper, from) = (PaperPeaks.TrainedTanh[layer - 1], 2 * layers[layer - 1][^1].Middle - 1);
            var (centre, limit, mode) = (layers[layer - 1][0].Density, layers[layer - 1][^1].Density, layers[layer - 1].MaxBy(bin => bin.Density).Middle);
            var hasSpikes = layer <= LayersWithSpikes;
            var mayBeAtLimits = layer < LayersAtZeroFrom;
            var isThere = hasSpikes ? limit > centre && mode > SequentialSaturation.Saturates
                : mode < AtZero || (mayBeAtLimits && mode > SequentialSaturation.Saturates);
            judgement.Order($"mode of |activation| of layer {layer}, tanh", hasSpikes ? "1" : mayBeAtLimits ? "0 or 1" : "0", $"{mode:0.00}",
                    isThere ? true : tanh.Unseen())
                .Number($"density of layer {layer} at 0, tanh", paper, [centre], Relative * paper, format: "0.0", isOpen: tanh.Unseen() is null)
                .Note($"density of layer {layer} at the limits, tanh; ours is the mean from {from:0.0} to 1", hasSpikes ? "above 3" : "–", $"{limit:0.0}");
        }
        return judgement.Result($"After {tanh.LastRecord():N0} updates the modes of |activation| of tanh are {Readings.Row(LastDensities.Modes(tanh))}, "
            + $"layer 1 first, "
            + $"and the densities at 0 are {Readings.Row(layers.Select(layer => layer[0].Density), "0.0")}.",
            new LayerHistograms(Quantity.Activation).Draw(tanh.Trials[0]));
    }
}
