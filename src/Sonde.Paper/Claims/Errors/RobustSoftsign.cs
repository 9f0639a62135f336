using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Errors;

/// <summary>Softsign depends less on the initialization than tanh does [Glorot2010, section 5, table 1].</summary>
internal sealed class RobustSoftsign() : Claim(
    "robust-softsign", "Softsign is more robust to the initialization than tanh",
    "Section 5: “The softsign networks seem to be more robust to the initialization procedure than the tanh networks, presumably because of their gentler "
    + "non-linearity.” Standard minus normalized initialization in table 1, on Shapeset: tanh 11.55 points, softsign 0.21.",
    "paper/shapeset")
{
    // Half of this is the tolerance of figure 11's curves: a difference of two errors has twice the reading error.
    private const double Tolerance = 4;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        ModelTrials Of(PaperModel model) => runs.TrialsOf("paper/shapeset", model.WithDepth(5));
        var (tanh, tanhN, softsign, softsignN) = (Of(PaperModel.Tanh), Of(PaperModel.TanhN), Of(PaperModel.Softsign), Of(PaperModel.SoftsignN));
        var update = ModelProgress.CommonUpdate(tanh, tanhN, softsign, softsignN);
        if (update == 0)
            return ItemResult.NotRun("Tanh and softsign have not both been evaluated with both initializations.");
        double Gap(ModelTrials standard, ModelTrials normalized, long at) => standard.TestErrorsAt(at).Average() - normalized.TestErrorsAt(at).Average();
        var (ofTanh, ofSoftsign) = (Gap(tanh, tanhN, update), Gap(softsign, softsignN, update));
        var noise = ModelProgress.ErrorNoise(tanh, tanhN, update) + ModelProgress.ErrorNoise(softsign, softsignN, update);
        // A standard network on its plateau is apart from the normalized one for that reason alone.
        var isLearning = tanh.IsBelowChance(tanh.TestErrorsAt(update)) && softsign.IsBelowChance(softsign.TestErrorsAt(update));
        var difference = ofTanh - Math.Abs(ofSoftsign);
        var (paperTanh, paperSoftsign) = (LastGap("tanh", update), LastGap("softsign", update));
        // The paper's own curves show it from update 150,000 on; before that its softsign is the one that depends more.
        var isShown = paperTanh is { } one && paperSoftsign is { } other && Math.Abs(other.Gap) < one.Gap;
        var judgement = new Judgement().Order(
            $"gap between the initializations at update {update:N0}, tanh and softsign, points", "smaller for softsign", $"{ofTanh:0.0}, {ofSoftsign:0.0}",
            !isShown ? null : isLearning ? ModelProgress.IsGain(difference, noise) : tanh.Unseen(), $"luck of the test examples {noise:0.0}");
        foreach (var (of, paper, standard, normalized) in new[] { ("tanh", paperTanh, tanh, tanhN), ("softsign", paperSoftsign, softsign, softsignN) })
            if (paper is { } at)
                judgement.Number($"gap of {of} at update {at.Update:N0}, points", at.Gap, [Gap(standard, normalized, at.Update)], Tolerance, "points", "0.0",
                    isOpen: !isShown || (!isLearning && tanh.Unseen() is null));
        return judgement.Result($"After {update:N0} updates the normalized initialization gains {ofTanh:0.0} points of test error with tanh and "
            + $"{ofSoftsign:0.0} with softsign."
            + (isShown ? "" : " This decides nothing yet: so early softsign depends more on it in the paper's own curves."));
    }

    /// <summary>Returns the last gap between the paper's curves up to an update; null if there is none.</summary>
    private static (long Update, double Gap)? LastGap(string of, long update) => PaperCurves.Find("11", of)!.Points
        .Join(PaperCurves.Find("11", $"{of}-n")!.Points, point => point.Update, point => point.Update, (one, other) => (one.Update, one.Value - other.Value))
        .Where(point => point.Update <= update).Select(point => ((long, double)?)point).LastOrDefault();
}
