using Sonde.Paper.Claims.Saturation;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 4: histograms of activations at the end of training.</summary>
internal sealed class Figure04() : DrawnFigure(
    4, "Tanh and softsign: activations at the end of training",
    "Tanh has modes at -1, 0 and 1 in the lower layers; softsign around ±0.6 to 0.8, where “the gradients would flow well” (section 3.3).",
    HistogramRows.Figure4, "paper/shapeset")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5)),
            runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5))];
    }

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models) =>
        Together(runs, new TanhModes(), new SoftsignKnees());
}
