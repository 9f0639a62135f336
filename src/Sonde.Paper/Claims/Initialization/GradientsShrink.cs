using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Initialization;

/// <summary>After the standard initialization back-propagated gradients get smaller on the way down; after the normalized one they do not
/// [Glorot2010, section 4.2, fig. 7].</summary>
internal sealed class GradientsShrink() : Claim(
    "gradients-shrink", "Back-propagated gradients shrink on the way down at initialization",
    "Section 4.3: “after the standard initialization (eq. 1), the variance of the back-propagated gradients gets smaller as it is propagated downwards. … "
    + "Using our normalized initialization we do not see such decreasing back-propagated gradients (bottom of Figure 7).” By eqs. 13 and 15 the standard "
    + "deviation falls by √(1/3) = 0.58 per layer.",
    "paper/initialization")
{
    // Eq. 13's factor per layer under eq. 15. It holds in the linear regime; tanh's slope reduces it by a few per cent.
    private static readonly double Predicted = Math.Sqrt(1 / 3.0);
    private const double Tolerance = 0.1;

    // A factor per layer of at least this does not count as shrinking, as in the verdicts of trials: tanh's slope is below 1 for any initialization.
    internal const double Level = 0.8;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var (standard, normalized) = (runs.TrialsOf("paper/initialization", PaperModel.Tanh), runs.TrialsOf("paper/initialization", PaperModel.TanhN));
        var (ofStandard, ofNormalized) = (PerLayer(standard), PerLayer(normalized));
        if (ofStandard.Count == 0 || ofNormalized.Count == 0)
            return ItemResult.NotRun("Back-propagated gradients of both initializations have not been recorded yet.");
        var sds = standard.Profile(Quantity.BackpropagatedGradient, row => row.Sd, 0);
        var shrinksEverywhere = sds.Zip(sds.Skip(1)).All(pair => pair.First < pair.Second);
        var (factor, other) = (ofStandard.Average(), ofNormalized.Average());
        return new Judgement()
            .Number("factor from a layer to the one below, standard (eqs. 13, 15)", Predicted, ofStandard, Tolerance * Predicted, format: "0.000")
            .Order("sd of each layer below that of the layer above, standard", "yes", Readings.Row(sds, "0.0E+00"), shrinksEverywhere)
            .Order("factor from a layer to the one below, normalized", "about 1", Readings.Text(ofNormalized, "0.000"), other >= Level && other > factor,
                $"{Level} at least")
            .Note("sd in layer 1 over that in the top layer, standard", $"{Math.Pow(Predicted, sds.Count - 1):0.00}", Readings.Text(Ratios(standard), "0.000"))
            .Note("the same, normalized", "about 1", Readings.Text(Ratios(normalized), "0.000"))
            .Result($"From one layer to the one below, the standard deviation of back-propagated gradients changes by a factor of {factor:0.00} after "
                + $"the standard "
                + $"initialization (eq. 13: {Predicted:0.00}) and {other:0.00} after the normalized one.");
    }

    private static IReadOnlyList<double> Ratios(ModelTrials model) =>
        model.PerSeed(Quantity.BackpropagatedGradient, row => row.Sd, ModelProgress.BottomOverTop, 0);

    /// <summary>Returns the factor from a layer to the one below, for each seed.</summary>
    internal static IReadOnlyList<double> PerLayer(ModelTrials model) => [.. Ratios(model).Select(ratio => Math.Pow(ratio, 1.0 / (model.Depth - 1)))];
}
