using Sonde.Paper.Claims.Saturation;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Figure 3: activations of tanh and softsign over training.</summary>
internal sealed class Figure03() : DrawnFigure(
    3, "Tanh and softsign: 98th percentile and standard deviation of activations",
    "Tanh: “we see the first hidden layer saturating first, then the second, etc.” Softsign: “the different layers saturate less and do so together” "
        + "(section "
    + "3.2, 3.3).",
    PercentilesAndSds.Figure3, "paper/shapeset")
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
        Together(runs, new SequentialSaturation(), new SoftsignTogether());
}
