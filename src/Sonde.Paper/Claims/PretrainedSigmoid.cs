using Sonde.Figures.Trials;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>The top layer of a pre-trained sigmoid network does not saturate [Glorot2010, section 3.1].</summary>
internal sealed class PretrainedSigmoid() : Claim(
    "pretrained-sigmoid", "Pre-trained sigmoid networks do not saturate",
    "Section 3.1: “deep networks with sigmoids but initialized from unsupervised pre-training (e.g. from RBMs) do not suffer from this saturation behavior.”",
    "paper/pretraining", "paper/shapeset")
{
    // Section 3.1 describes units that are saturated for every image. A sparse unit, near 0 for most images but not for all, is not one of these. At most one
    // unit in ten may be saturated for every image.
    private const double Few = 0.1;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var model = runs.TrialsOf("paper/pretraining", PaperModel.Sigmoid) with { Label = "pre-trained sigmoid" };
        var plain = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid.WithDepth(4));
        var recorded = model.RecordedUpdates().Where(update => update >= 0).ToList();
        if (recorded.Count < 2 || model.LastErrors().Count == 0)
            return ItemResult.Without(Agreement.NotAtThisScale, "The pre-trained sigmoid network has no records of supervised training yet.");
        var top = model.Depth;
        double Stuck(ModelTrials of, long update) => of.At(Quantity.Activation, top, row => row.Dead ?? 0, update);
        var (worst, end) = (recorded.MaxBy(update => Stuck(model, update)), recorded[^1]);
        var (mean, p98) = (model.At(Quantity.Activation, top, row => row.Mean), model.At(Quantity.Activation, top, row => row.P98));
        var agreement = Stuck(model, worst) > Few ? Agreement.Differs : model.HasLearned() ? Agreement.Agrees : model.Unseen();
        var beside = plain.Trials.Count == 0 ? "" : $"; without pre-training it is {Stuck(plain, end):P1} of them, and {Readings.Text(plain.LastErrors())} %";
        return new(agreement,
            $"At most {Stuck(model, worst):P1} of the units of layer {top} are saturated for every image at any record in {model.Updates():N0} updates, and "
            + $"the test error is {Readings.Text(model.LastErrors())} %{beside}. The layer becomes sparse: its mean activation ends at {mean:0.000}, its 98th "
            + $"percentile at {p98:0.00}.",
            [
                new($"units of layer {top} saturated for every image, at worst, %", "none", $"{100 * Stuck(model, worst):0.0}"),
                new("the same without pre-training, at the end, %", "all", plain.Trials.Count == 0 ? "–" : $"{100 * Stuck(plain, end):0.0}"),
                new("test error with pre-training, %", "–", Readings.Text(model.LastErrors(), "0.00")),
                new("test error without, %", "–", Readings.Text(plain.LastErrors(), "0.00")),
                new($"mean activation of layer {top} after pre-training and at the end", "not near 0",
                    $"{model.At(Quantity.Activation, top, row => row.Mean, 0):0.000}, {mean:0.000}"),
            ], [new ActivationBands().Draw(model.Trials[0]), new Reconstructions().Draw(model.Trials[0]), new Filters().Draw(model.Trials[0])]);
    }
}
