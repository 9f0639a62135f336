using Sonde.Paper.Claims.Initialization;
using Sonde.Paper.Curves;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
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
    protected override ItemResult MeasuredVerdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var claimed = Together(runs, new GradientsShrink());
        return WithPeaks(claimed, Quantity.BackpropagatedGradient, (models[0], PaperPeaks.BackpropagatedGradients),
            (models[1], PaperPeaks.BackpropagatedGradientsN));
    }
}
