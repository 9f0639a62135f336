using Sonde.Paper.Claims.Learning;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 9: weight gradients over training, both initializations.</summary>
internal sealed class Figure09() : DrawnFigure(
    9, "Standard deviation of weight gradients during training",
    "Standard initialization: the layers drift apart, with larger gradients in the lower layers; normalized: they keep the same variance (section 4.3).",
    new WeightGradientIntervals(), "paper/shapeset")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<ModelTrials> Models(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5)),
            runs.TrialsOf("paper/shapeset", PaperModel.TanhN.WithDepth(5))];
    }

    /// <inheritdoc/>
    protected override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models) => Together(runs, new WeightGradientsDiverge());
}
