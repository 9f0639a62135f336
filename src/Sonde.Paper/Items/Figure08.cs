using Sonde.Paper.Claims;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Items;

/// <summary>Figure 8: histograms of weight gradients at initialization.</summary>
internal sealed class Figure08() : InitializationFigure(
    8, "Weight gradients at initialization",
    "“Even though with standard initialization the back-propagated gradients get smaller, the weight gradients do not!” (section 4.3, eq. 14).",
    HistogramRows.Figure8, Quantity.WeightGradient, layer => layer.WeightGradientSd)
{
    /// <inheritdoc/>
    protected override ItemResult MeasuredVerdict(PaperRuns runs, IReadOnlyList<ModelTrials> models) => Together(runs, new WeightGradientsLevel());
}
