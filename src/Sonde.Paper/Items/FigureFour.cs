using Sonde.Paper.Claims;
using Sonde.Paper.Figures;

namespace Sonde.Paper.Items;

/// <summary>Figure 4: histograms of activations at the end of training.</summary>
public sealed class FigureFour() : DrawnFigure(
    4, "Tanh and softsign: activations at the end of training",
    "Tanh has modes at -1, 0 and 1 in the lower layers; softsign around ±0.6 to 0.8, where “the gradients would flow well” (section 3.3).",
    HistogramRows.Figure4, "paper/shapeset")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<Arm> Arms(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.Arm("paper/shapeset", PaperModel.Tanh, ("network.hidden", "1000x5")),
            runs.Arm("paper/shapeset", PaperModel.Softsign, ("network.hidden", "1000x5"))];
    }

    /// <inheritdoc/>
    protected override ItemResult Judge(PaperRuns runs, IReadOnlyList<Arm> arms) => Together(runs, new SoftsignKnees());
}
