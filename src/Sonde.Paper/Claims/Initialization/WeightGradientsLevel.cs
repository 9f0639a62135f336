using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Initialization;

/// <summary>At initialization weight gradients have the same size in all layers, even if back-propagated gradients shrink [Glorot2010, section 4.3, fig.
/// 8, eq. 14].</summary>
internal sealed class WeightGradientsLevel() : Claim(
    "weight-gradients-level", "Weight gradients have the same size in all layers at initialization",
    "Section 4.3: “even when the back-propagated gradients become smaller (standard initialization), the variance of the weights gradients is roughly "
    + "constant across layers, as shown on Figure 8. However, this is explained by our theoretical analysis above (eq. 14).”",
    "paper/initialization")
{
    // "Roughly constant" is a factor of at most 1.2 between standard deviations; those of back-propagated gradients differ tenfold.
    internal const double Level = 1.2;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var (standard, normalized) = (runs.TrialsOf("paper/initialization", PaperModel.Tanh), runs.TrialsOf("paper/initialization", PaperModel.TanhN));
        var (spread, other, back) = (Spread(standard), Spread(normalized), Spread(standard, Quantity.BackpropagatedGradient));
        if (spread.Count == 0 || other.Count == 0 || back.Count == 0)
            return ItemResult.NotRun("Gradients of both initializations have not been recorded yet.");
        return new Judgement()
            .Order("largest over smallest sd of weight gradients, standard", "roughly 1", Readings.Text(spread, "0.000"), spread.Average() <= Level,
                $"{Level} at most")
            .Order("the same, normalized", "roughly 1", Readings.Text(other, "0.000"), other.Average() <= Level, $"{Level} at most")
            .Note("the same of back-propagated gradients, standard", "9 (eq. 13)", Readings.Text(back))
            .Note("sd of weight gradients, layer 1 first, standard", "alike",
                Readings.Row(standard.Profile(Quantity.WeightGradient, row => row.Sd, 0), "0.000000"))
            .Result($"Among hidden layers the standard deviations of weight gradients are within a factor of {spread.Average():0.00} (standard) and "
                + $"{other.Average():0.00} (normalized) of each other. Those of back-propagated gradients (standard) differ by a factor of "
                + $"{back.Average():0.0}.");
    }

    /// <summary>Returns the largest divided by the smallest sd of the hidden layers, for each seed.</summary>
    internal static IReadOnlyList<double> Spread(ModelTrials model, string quantity = Quantity.WeightGradient, long update = 0) =>
        model.PerSeed(quantity, row => row.Sd, ModelProgress.Spread, update);
}
