using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Claims.Errors;

/// <summary>Networks with the normalized initialization converge faster [Glorot2010, abstract, fig. 11].</summary>
internal sealed class FasterConvergence() : Claim(
    "faster-convergence", "The normalized initialization brings substantially faster convergence",
    "Abstract: “a new initialization scheme that brings substantially faster convergence”. Here: the updates until the test error of tanh is down to "
        + "60, 50 and "
    + "40 %, against figure 11's.",
    "paper/shapeset")
{
    private static readonly double[] Levels = [60, 50, 40];

    // "Substantially": in figure 11 tanh takes 2.7 to 3.7 times as many updates as tanh N.
    private const double Substantially = 1.5;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (standard, normalized) = (runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5)), runs.TrialsOf("paper/shapeset",
            PaperModel.TanhN.WithDepth(5)));
        if (standard.LastErrors().Count == 0 || normalized.LastErrors().Count == 0)
            return ItemResult.NotRun("Tanh has not been evaluated with both initializations.");
        var (judgement, words) = (new Judgement(), new List<string>());
        foreach (var level in Levels)
        {
            var (slow, fast) = (Reaches(standard, level), Reaches(normalized, level));
            foreach (var (model, at, curve) in new[] { (standard, slow, "tanh"), (normalized, fast, "tanh-n") })
                if (SampledCurve.FirstBelow(PaperCurves.Find("11", curve)!.Points, level) is { } paper)
                    judgement.Event($"updates until {model.Label} has {level} %", paper, at, LastTest(model));
            var bound = slow ?? LastTest(standard);
            judgement.Order($"updates to {level} %, tanh over tanh N", "substantially more than 1",
                fast is { } f ? $"{(slow is null ? "more than " : "")}{bound / (double)f:0.0}" : "–",
                fast is { } first && bound >= Substantially * first ? true
                    : slow is not { } late || (fast is null && Substantially * LastTest(normalized) < late) ? null : false, $"{Substantially} at least");
            words.Add($"{level} % after {Text(fast, normalized)} updates with the normalized initialization and {Text(slow, standard)} with the "
                + $"standard one");
        }
        return judgement.Result($"Tanh is down to {string.Join("; ", words)}.");
    }

    /// <summary>Returns the update at which the mean error over seeds is down to a level; null if it is not.</summary>
    private static long? Reaches(ModelTrials model, double level)
    {
        var curves = SampledCurve.OfErrors(model);
        return SampledCurve.FirstBelow([.. curves[0].Updates.Select(update => (Update: update, Errors: SampledCurve.At(curves, update)))
            .Where(point => point.Errors.Count == curves.Count).Select(point => (point.Update, point.Errors.Average()))], level);
    }

    private static long LastTest(ModelTrials model) => ModelProgress.CommonUpdate(model);

    private static string Text(long? update, ModelTrials model) => update is { } at ? $"{at:N0}" : $"more than {LastTest(model):N0}";
}
