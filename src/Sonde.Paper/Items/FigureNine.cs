using Sonde.Paper.Claims;
using Sonde.Paper.Figures;

namespace Sonde.Paper.Items;

/// <summary>Figure 9: weight gradients over training, both initializations.</summary>
public sealed class FigureNine() : DrawnFigure(
    9, "Standard deviation of weight gradients during training",
    "Standard initialization: the layers drift apart, with larger gradients in the lower layers; normalized: they keep the same variance (section 4.3).",
    new WeightGradientIntervals(), "paper/shapeset")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<Arm> Arms(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.Arm("paper/shapeset", PaperModel.Tanh, ("network.hidden", "1000x5")),
            runs.Arm("paper/shapeset", PaperModel.TanhN, ("network.hidden", "1000x5"))];
    }

    /// <inheritdoc/>
    protected override ItemResult Judge(PaperRuns runs, IReadOnlyList<Arm> arms) => Together(runs, new WeightGradientsDiverge());
}
