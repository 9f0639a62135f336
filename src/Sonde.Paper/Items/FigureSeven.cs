using Sonde.Figures.Paper;
using Sonde.Paper.Claims;

namespace Sonde.Paper.Items;

/// <summary>Figure 7: histograms of back-propagated gradients at initialization.</summary>
public sealed class FigureSeven() : DrawnFigure(
    7, "Back-propagated gradients at initialization",
    "Standard initialization: the 0-peak is higher for lower layers, gradients get smaller as they are propagated downwards; normalized: they do not (section "
    + "4.2).",
    HistogramRows.Figure7, "paper/initialization")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<Arm> Arms(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.Arm("paper/initialization", PaperModel.Tanh), runs.Arm("paper/initialization", PaperModel.TanhN)];
    }

    /// <inheritdoc/>
    protected override ItemResult Judge(PaperRuns runs, IReadOnlyList<Arm> arms) => Together(runs, new GradientsShrink());
}
