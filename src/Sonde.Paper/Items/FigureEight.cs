using Sonde.Figures.Paper;
using Sonde.Paper.Claims;

namespace Sonde.Paper.Items;

/// <summary>Figure 8: histograms of weight gradients at initialization.</summary>
public sealed class FigureEight() : DrawnFigure(
    8, "Weight gradients at initialization",
    "“Even though with standard initialization the back-propagated gradients get smaller, the weight gradients do not!” (section 4.3, eq. 14).",
    HistogramRows.Figure8, "paper/initialization")
{
    /// <inheritdoc/>
    protected override IReadOnlyList<Arm> Arms(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [runs.Arm("paper/initialization", PaperModel.Tanh), runs.Arm("paper/initialization", PaperModel.TanhN)];
    }

    /// <inheritdoc/>
    protected override ItemResult Judge(PaperRuns runs, IReadOnlyList<Arm> arms) => Together(runs, new WeightGradientsLevel());
}
