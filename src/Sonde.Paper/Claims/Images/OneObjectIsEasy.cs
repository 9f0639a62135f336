using Sonde.Paper.Claims.Sigmoids;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Images;

/// <summary>Telling the shape of a single object is too easy; with two objects the task is difficult [Glorot2010, section 2.1].</summary>
internal sealed class OneObjectIsEasy() : Claim(
    "one-object-is-easy", "Images of one object are too easy",
    "Section 2.1: “we noticed that for only one shape present in the image the task of recognizing it was too easy. We therefore decided to sample also "
    + "images with two objects.”",
    "paper/one-object", "paper/shapeset")
{
    // The best constant guess is wrong for two of three single objects.
    private const double OneObjectChance = 200 / 3.0;

    // The whole task is half learned, at 40 %, after 200,000 updates.
    private const long Enough = 200_000;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var (one, both) = (runs.TrialsOf("paper/one-object", PaperModel.TanhN), runs.TrialsOf("paper/shapeset", PaperModel.TanhN));
        // Both are compared at the last update that both have reached.
        var update = Math.Min(one.Updates(), both.Updates());
        var (easy, hard) = (ErrorsAt(one, update), ErrorsAt(both, update));
        if (easy.Count == 0 || hard.Count == 0)
            return ItemResult.NotRun("Tanh N has not been evaluated both on images of one object and on images of one or two "
                + "objects.");
        var (share, fullShare) = (easy.Average() / OneObjectChance, hard.Average() / Chance.ChanceError);
        // The paper gives no number for "too easy". Here it is at most half of the error on the whole task, after as many updates as it takes to learn it.
        bool? isEasy = easy.Average() <= hard.Average() / 2 ? true : update < Enough ? null : false;
        return new Judgement()
            .Order("test error on images of one object over that on images of one or two objects", "too "
                + "easy", $"{easy.Average() / hard.Average():0.00}", isEasy,
                "0.50 at most")
            .Note("test error on images of one object, %", "–", Readings.Text(easy, "0.00"))
            .Note("test error on images of one or two objects, %", "–", Readings.Text(hard, "0.00"))
            .Note("error as a share of chance's, one object", "–", $"{share:0.00}")
            .Note("error as a share of chance's, one or two objects", "–", $"{fullShare:0.00}")
            .Result($"After {update:N0} updates tanh N misclassifies {Readings.Text(easy)} % of images of one object (chance {OneObjectChance:0.0} %) and "
                + $"{Readings.Text(hard)} % of images of one or two objects (chance {Chance.ChanceError:0.0} %).");
    }

    private static IReadOnlyList<double> ErrorsAt(ModelTrials model, long update) =>
        [.. model.Trials.Select(trial => trial.Curve.LastOrDefault(point => point.Split == "test" && point.Update > 0 && point.Update <= update))
            .Where(point => point is not null).Select(point => point!.Error)];
}
