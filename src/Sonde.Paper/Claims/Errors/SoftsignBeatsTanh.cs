using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Errors;

/// <summary>Under the standard initialization softsign has a lower error than tanh [Glorot2010, section 5, table 1, fig. 11].</summary>
internal sealed class SoftsignBeatsTanh() : Claim(
    "softsign-beats-tanh", "Under the standard initialization softsign beats tanh",
    "Section 5: networks “with sigmoid or hyperbolic tangent units and standard initialization fare rather poorly”; on Shapeset softsign ends at 16.27 "
        + "%, tanh at "
    + "27.15 % (table 1).",
    "paper/shapeset")
{
    private const double Tolerance = 4;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (tanh, softsign) = (runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5)),
            runs.TrialsOf("paper/shapeset", PaperModel.Softsign.WithDepth(5)));
        var update = ModelProgress.CommonUpdate(tanh, softsign);
        if (update == 0)
            return ItemResult.NotRun("Tanh and softsign have not both been evaluated.");
        var (gain, noise) = (tanh.TestErrorsAt(update).Average() - softsign.TestErrorsAt(update).Average(), ModelProgress.ErrorNoise(tanh, softsign, update));
        // A tanh on its plateau, which the paper's does not have, is behind for that reason alone.
        var isLearning = softsign.IsBelowChance(softsign.TestErrorsAt(update)) && (tanh.IsBelowChance(tanh.TestErrorsAt(update)) || tanh.Unseen() == false);
        var judgement = new Judgement()
            .Order($"error of tanh minus that of softsign at update {update:N0}, points", "above 0", $"{gain:0.0}",
                isLearning ? ModelProgress.IsGain(gain, noise) : null,
                $"luck of the test examples {noise:0.0}");
        var (paper, other) = (PaperCurves.Find("11", "tanh")!, PaperCurves.Find("11", "softsign")!);
        var gaps = new PaperCurve("11", "tanh minus softsign", [.. paper.Points.Join(other.Points, point => point.Update, point => point.Update,
            (one, two) => (one.Update, one.Value - two.Value))]);
        var (first, second) = (SampledCurve.OfErrors(tanh), SampledCurve.OfErrors(softsign));
        SampledCurve ours = new(first[0].Updates.Where(at => SampledCurve.At(first, at).Count > 0 && SampledCurve.At(second, at).Count > 0).ToList(),
            [.. first[0].Updates.Where(at => SampledCurve.At(first, at).Count > 0 && SampledCurve.At(second, at).Count > 0)
                .Select(at => SampledCurve.At(first, at).Average() - SampledCurve.At(second, at).Average())]);
        return judgement.Curve("error of tanh minus that of softsign", gaps, [ours], _ => Tolerance, "points", "0.0")
            .Result($"After {update:N0} updates tanh has {Readings.Text(tanh.TestErrorsAt(update))} % and softsign "
                + $"{Readings.Text(softsign.TestErrorsAt(update))} %."
                + (gaps.Points.LastOrDefault(point => point.Update <= update) is { Update: > 0 } last
                    ? $" In the paper they are {last.Value:0.0} points apart at update {last.Update:N0}." : ""));
    }
}
