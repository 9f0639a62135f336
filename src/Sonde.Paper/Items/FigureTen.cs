using Sonde.Paper.Claims;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Items;

/// <summary>Figure 10: 98th percentile and standard deviation of activations of tanh with the normalized initialization over training.</summary>
public sealed class FigureTen() : DrawnFigure(
    10, "Tanh N: 98th percentile and standard deviation of activations",
    "“The softsign networks share similarities with the tanh networks with normalized initialization” (section 4.3): layers move together, none runs ahead "
    + "into saturation.",
    PercentilesAndSds.Figure10, "paper/shapeset")
{
    private static readonly (string, string) Depth = ("network.hidden", "1000x5");

    /// <inheritdoc/>
    protected override IReadOnlyList<Arm> Arms(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.Arm("paper/shapeset", PaperModel.TanhN, Depth)];
    }

    /// <inheritdoc/>
    protected override ItemResult Judge(PaperRuns runs, IReadOnlyList<Arm> arms)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (normalized, standard) = (Spread(arms[0]), Spread(runs.Arm("paper/shapeset", PaperModel.Tanh, Depth)));
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

    private static double Spread(Arm arm) =>
        arm.Trials.Count == 0 ? double.NaN : ArmProgress.Spread(arm.Profile(Quantity.Activation, row => row.Sd));
}
