using Sonde.Paper.Claims.Sigmoids;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 2: activations of the sigmoid network with four hidden layers over training.</summary>
internal sealed class Figure02() : DrawnFigure(
    2, "Sigmoid, four hidden layers: mean and standard deviation of activations",
    "“Very quickly at the beginning, all the sigmoid activation values of the last hidden layer are pushed to their lower saturation value of 0. Inversely, "
    + "the other layers have a mean activation value that is above 0.5” (section 3.1).",
    new MeansAndSds(), "paper/shapeset")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(4))];
    }

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models) =>
        Together(runs, new TopLayerCollapse(), new Escape());
}
