using Sonde.Paper.Claims;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Items;

/// <summary>Figure 7: histograms of back-propagated gradients at initialization.</summary>
internal sealed class Figure07() : InitializationFigure(
    7, "Back-propagated gradients at initialization",
    "Standard initialization: the peak at 0 is higher for lower layers: gradients get smaller as they are propagated downwards. Normalized: they do not "
    + "(section 4.2).",
    HistogramRows.Figure7, Quantity.BackpropagatedGradient, layer => layer.BackpropagatedGradientSd)
{
    /// <inheritdoc/>
    protected override ItemResult MeasuredVerdict(PaperRuns runs, IReadOnlyList<ModelTrials> models) => Together(runs, new GradientsShrink());
}
