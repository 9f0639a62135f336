using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Errors;

/// <summary>The normalized initialization closes a good part of the gap between tanh and pre-training [Glorot2010, section 5, fig. 11].</summary>
internal sealed class GapToPretraining() : Claim(
    "gap-to-pretraining", "The normalized initialization closes a good part of the gap to pre-training",
    "Section 5: keeping activations and gradients flowing “allows to eliminate a good part of the discrepancy between purely supervised deep networks "
        + "and ones "
    + "pre-trained with unsupervised learning.” At the right end of figure 11 tanh N closes about 71 % of it.",
    "paper/shapeset", "paper/pretraining")
{
    private const double Tolerance = 0.25;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (tanh, normalized) = (runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5)),
            runs.TrialsOf("paper/shapeset", PaperModel.TanhN.WithDepth(5)));
        var pretrained = runs.TrialsOf("paper/pretraining", PaperModel.Tanh);
        var update = ModelProgress.CommonUpdate(tanh, normalized, pretrained);
        if (update == 0)
            return ItemResult.NotRun("Tanh, tanh N and the pre-trained network have not all been evaluated.");
        var paper = PaperCurves.Find("11", "tanh")!.Points.Select(point => (point.Update, Share: ShareIn(point.Update)))
            .LastOrDefault(point => point.Share is not null && point.Update <= update);
        if (paper.Share is not { } inPaper)
            return new(Agreement.NotReachedYet, $"The runs end at update {update:N0}, before pre-training is ahead of tanh N in figure 11.", [], []);
        var (from, to, best) = (tanh.TestErrorsAt(paper.Update), normalized.TestErrorsAt(paper.Update), pretrained.TestErrorsAt(paper.Update));
        // While tanh is on its plateau, which the paper's does not have, the share says only how long that plateau is.
        if (!tanh.IsBelowChance(from))
            return new(tanh.Unseen() is null ? Agreement.NotReachedYet : Agreement.Differs,
                $"At update {paper.Update:N0}, the last one that could be read off figure 11 and that all three networks have reached, tanh has "
                + $"{Readings.Text(from)} %, which is chance, so there is no gap to close yet.", [], []);
        var gap = from.Average() - best.Average();
        var (share, noise) = ((from.Average() - to.Average()) / gap, ModelProgress.ErrorNoise(tanh, pretrained, paper.Update));
        return new Judgement()
            .Order($"error of tanh minus that of the pre-trained network at update {paper.Update:N0}, points", "above 0", $"{gap:0.0}",
                ModelProgress.IsGain(gap, noise), $"luck of the test examples {noise:0.0}")
            .Number($"share of that gap that tanh N closes", inPaper, [share], Tolerance)
            .Result($"At update {paper.Update:N0} tanh has {Readings.Text(from)} %, tanh N {Readings.Text(to)} % and the pre-trained network "
                + $"{Readings.Text(best)} %: "
                + $"tanh N closes {share:P0} of the gap (paper at the same update: {inPaper:P0}).");
    }

    private static double? ShareIn(long update)
    {
        double? At(string series) => PaperCurves.Find("11", series)!.Points.Where(point => point.Update == update).Select(point => (double?)point.Value)
            .FirstOrDefault();
        // Early in training pre-training is not the best of the three, so there is no gap of which tanh N could close a part.
        return At("tanh") is { } tanh && At("tanh-n") is { } normalized && At("pretrained") is { } pretrained && pretrained < Math.Min(tanh, normalized)
            ? (tanh - normalized) / (tanh - pretrained) : null;
    }
}
