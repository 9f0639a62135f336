using Sonde.Paper.Claims;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Items;

/// <summary>Figure 10: 98th percentile and standard deviation of activations of tanh with the normalized initialization over training.</summary>
public sealed class Figure10() : DrawnFigure(
    10, "Tanh N: 98th percentile and standard deviation of activations",
    "“The softsign networks share similarities with the tanh networks with normalized initialization” (section 4.3): layers move together, none runs ahead "
    + "into saturation.",
    PercentilesAndSds.Figure10, "paper/shapeset")
{
    private static readonly (string, string) Depth = ("network.hidden", "1000x5");

    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.TrialsOf("paper/shapeset", PaperModel.TanhN, Depth)];
    }

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (normalized, standard) = (Spread(models[0]), Spread(runs.TrialsOf("paper/shapeset", PaperModel.Tanh, Depth)));
        if (double.IsNaN(normalized) || double.IsNaN(standard))
            return ItemResult.Without(Agreement.NotAtThisScale, "Tanh N or tanh has not been looked at during training yet.");
        return new(normalized < standard ? Agreement.Agrees : Agreement.Differs,
            $"At the end the standard deviations of the hidden layers lie within a factor of {normalized:0.0} of each other; of tanh with the standard "
            + $"initialization within {standard:0.0}.",
            [
                new("largest over smallest sd of a hidden layer at the end, tanh N", "–", $"{normalized:0.00}"),
                new("the same, tanh", "–", $"{standard:0.00}"),
            ], []);
    }

    private static double Spread(ModelTrials model) =>
        model.Trials.Count == 0 ? double.NaN : ModelProgress.Spread(model.Profile(Quantity.Activation, row => row.Sd));
}
