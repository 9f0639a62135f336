using Sonde.Paper.Claims.Initialization;
using Sonde.Paper.Curves;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Items;

/// <summary>Figure 8: histograms of weight gradients at initialization.</summary>
internal sealed class Figure08() : InitializationFigure(
    8, "Weight gradients at initialization",
    "“Even though with standard initialization the back-propagated gradients get smaller, the weight gradients do not!” (section 4.3, eq. 14).",
    HistogramRows.Figure8, Quantity.WeightGradient, layer => layer.WeightGradientSd)
{
    /// <inheritdoc/>
    protected override ItemResult MeasuredVerdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var claimed = Together(runs, new WeightGradientsLevel());
        return WithPeaks(claimed, Quantity.WeightGradient, (models[0], PaperPeaks.WeightGradients), (models[1], PaperPeaks.WeightGradientsN));
    }
}
