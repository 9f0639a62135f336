using Sonde.Figures.Trials;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Sigmoids;

/// <summary>The top layer of a pre-trained sigmoid network does not saturate [Glorot2010, section 3.1].</summary>
internal sealed class PretrainedSigmoid() : Claim(
    "pretrained-sigmoid", "Pre-trained sigmoid networks do not saturate",
    "Section 3.1: “deep networks with sigmoids but initialized from unsupervised pre-training (e.g. from RBMs) do not suffer from this saturation behavior.”",
    "paper/pretraining", "paper/shapeset")
{
    // A sparse unit is near 0 for most images but not for all. At most one unit in ten may be saturated for every image.
    private const double Few = 0.1;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var model = runs.TrialsOf("paper/pretraining", PaperModel.Sigmoid) with { Label = "pre-trained sigmoid" };
        var plain = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(4));
        var recorded = model.RecordedUpdates().Where(update => update >= 0).ToList();
        if (recorded.Count < 2 || model.LastErrors().Count == 0)
            return ItemResult.NotRun("The pre-trained sigmoid network has no records of supervised training yet.");
        var top = model.Depth;
        double Stuck(ModelTrials of, long update) => of.At(Quantity.Activation, top, row => row.Dead ?? double.NaN, update);
        double Mean(long update) => model.At(Quantity.Activation, top, row => row.Mean, update);
        var (worst, lowest, end) = (recorded.MaxBy(update => Stuck(model, update)), recorded.MinBy(Mean), recorded[^1]);
        var p98 = model.At(Quantity.Activation, top, row => row.P98);
        var beside = plain.Trials.Count == 0 ? "" : $"; without pre-training it is {Stuck(plain, end):P1} of them, and {Readings.Text(plain.LastErrors())} %";
        var isEnough = Mean(lowest) > TopLayerCollapse.Collapsed;
        return new Judgement()
            // The same test as for the collapse of figure 2.
            .Order($"lowest mean activation of layer {top}", $"above {TopLayerCollapse.Collapsed}", $"{Mean(lowest):0.000} at update {lowest:N0}", isEnough)
            .Order($"units of layer {top} saturated for every image, at worst, %", "none", $"{100 * Stuck(model, worst):0.0}", Stuck(model, worst) <= Few)
            .Order("learns from its first updates", "yes", $"{Readings.Text(model.LastErrors(), "0.00")} % test error",
                model.HasLearned() ? true : model.Unseen())
            .Note("units saturated for every image without pre-training, at the end, %", "all",
                plain.Trials.Count == 0 ? "–" : $"{100 * Stuck(plain, end):0.0}")
            .Note("test error without pre-training, %", "–", Readings.Text(plain.LastErrors(), "0.00"))
            .Note($"mean activation of layer {top} after pre-training and at the end", "not near 0", $"{Mean(0):0.000}, {Mean(end):0.000}")
            .Result($"At most {Stuck(model, worst):P1} of the units of layer {top} are saturated for every image at any record in {model.Updates():N0} "
                + $"updates, and "
                + $"the test error is {Readings.Text(model.LastErrors())} %{beside}. The layer becomes sparse: its mean activation ends at "
                + $"{Mean(end):0.000}, its "
                + $"98th percentile at {p98:0.00}."
                + (isEnough ? "" : $" By the test for figure 2, a mean below {TopLayerCollapse.Collapsed}, it has collapsed, although it learns."),
                new ActivationBands().Draw(model.Trials[0]), new Reconstructions().Draw(model.Trials[0]), new Filters().Draw(model.Trials[0]));
    }
}
