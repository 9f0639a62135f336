using Sonde.Figures.Trials;
using Sonde.Paper.Figures;
using Sonde.Probes;

namespace Sonde.Paper.Claims;

/// <summary>A sigmoid network that is pre-trained does not lose its top layer to saturation [Glorot2010, section 3.1].</summary>
public sealed class PretrainedSigmoid() : Claim(
    "pretrained-sigmoid", "Pre-trained sigmoid networks do not saturate",
    "Section 3.1: “deep networks with sigmoids but initialized from unsupervised pre-training (e.g. from RBMs) do not suffer from this saturation behavior.”",
    "paper/pretraining", "paper/shapeset")
{
    // The behaviour of section 3.1: units that are saturated whatever the image, there all of them. A sparse unit, near 0 for most images and not for some, is
    // none of these; nine in ten are to be kept.
    private const double Few = 0.1;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var model = runs.TrialsOf("paper/pretraining", "pre-trained sigmoid", ("network.activation", "sigmoid"));
        var plain = runs.TrialsOf("paper/shapeset", PaperModel.Sigmoid, ("network.hidden", "1000x4"));
        var looks = model.RecordedUpdates().Where(update => update >= 0).ToList();
        if (looks.Count < 2 || model.LastErrors().Count == 0)
            return ItemResult.Without(Agreement.NotAtThisScale, "The pre-trained sigmoid network has not been looked at during supervised training yet.");
        var top = model.Depth();
        double Stuck(ModelTrials of, long update) => of.At(Quantity.Activation, top, row => row.Dead ?? 0, update);
        var (worst, end) = (looks.MaxBy(update => Stuck(model, update)), looks[^1]);
        var (mean, p98) = (model.At(Quantity.Activation, top, row => row.Mean), model.At(Quantity.Activation, top, row => row.P98));
        var agreement = Stuck(model, worst) > Few ? Agreement.Differs : model.HasLearned() ? Agreement.Agrees : model.Unseen();
        var beside = plain.Trials.Count == 0 ? "" : $"; without pre-training it is {Stuck(plain, end):P1} of them, and {Readings.Text(plain.LastErrors())} %";
        return new(agreement,
            $"At most {Stuck(model, worst):P1} of the units of layer {top} are saturated for every image at any look in {model.Updates():N0} updates, and the "
            + $"test error "
            + $"is {Readings.Text(model.LastErrors())} %{beside}. The layer becomes sparse: its mean activation ends at {mean:0.000}, its 98th percentile at "
            + $"{p98:0.00}.",
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
