using Sonde.Paper.Claims;
using Sonde.Paper.Figures;
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

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (normalized, standard) = (Spread(models[0]), Spread(runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5))));
        if (double.IsNaN(normalized) || double.IsNaN(standard))
            return ItemResult.Without(Agreement.NotAtThisScale, "Tanh N or tanh has no records of training yet.");
        return new(normalized < standard ? Agreement.Agrees : Agreement.Differs,
            $"At the end the standard deviations of the hidden layers are within a factor of {normalized:0.0} of each other. With the standard "
            + $"initialization the factor is {standard:0.0}.",
            [
                new("largest over smallest sd of a hidden layer at the end, tanh N", "–", $"{normalized:0.00}"),
                new("the same, tanh", "–", $"{standard:0.00}"),
            ], []);
    }

    private static double Spread(ModelTrials model) =>
        model.Trials.Count == 0 ? double.NaN : ModelProgress.Spread(model.Profile(Quantity.Activation, row => row.Sd));
}
