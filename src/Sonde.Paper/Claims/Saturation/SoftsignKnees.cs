using Sonde.Figures.Trials;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Saturation;

/// <summary>The activations of a trained softsign network gather around its knees [Glorot2010, section 3.3, fig. 4].</summary>
internal sealed class SoftsignKnees() : Claim(
    "softsign-knees", "Softsign activations end around the knees, ±0.6 to 0.8",
    "Section 3.3: “the softsign network has modes of activations around its knees”; figure 4: “around (-0.6,-0.8) and (0.6,0.8)”. In the figure this "
        + "holds for "
    + "layers 1 to 3; layer 4 has its mode near 0.25, layer 5 one peak at 0.",
    "paper/shapeset")
{
    // The paper's range of the modes, one joined bin wider at each end because its figure is read by eye.
    private const double LowKnee = 0.5, HighKnee = 0.9;

    // Layers 1 to 3 of five.
    private const int LayersWithKnees = 3;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var softsign = runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5));
        if (!softsign.HasLearned())
            return softsign.OnPlateau();
        var modes = LastDensities.Modes(softsign);
        if (modes.Count == 0)
            return ItemResult.NotRun("No histograms of softsign activations were recorded at the end yet.");
        var judgement = new Judgement();
        for (var layer = 1; layer <= modes.Count; layer++)
        {
            var (low, high, paper) = layer <= LayersWithKnees ? (LowKnee, HighKnee, "0.6 to 0.8") : layer == 4 ? (0.1, 0.5, "0.25") : (0, 0.2, "0");
            var isThere = modes[layer - 1] >= low && modes[layer - 1] <= high;
            judgement.Order($"mode of |activation| of layer {layer}, softsign", paper, $"{modes[layer - 1]:0.00}", isThere ? true : softsign.Unseen(),
                $"{low:0.00} to {high:0.00} allowed");
        }
        var atKnees = modes.Take(LayersWithKnees).Count(mode => mode is >= LowKnee and <= HighKnee);
        return judgement.Result(
            $"After {softsign.LastRecord():N0} updates the modes of |activation| of softsign are {Readings.Row(modes)}, layer 1 first: between "
            + $"{LowKnee} and {HighKnee} in {(atKnees == 0 ? "none" : $"{atKnees}")} of layers 1 to {LayersWithKnees}.",
            new LayerHistograms(Quantity.Activation).Draw(softsign.Trials[0]));
    }
}
