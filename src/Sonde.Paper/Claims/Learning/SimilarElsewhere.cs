using Sonde.Paper.Claims.Initialization;
using Sonde.Paper.Claims.Saturation;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Learning;

/// <summary>The observations on Shapeset repeat on the other datasets [Glorot2010, sections 3.1, 4.2].</summary>
internal sealed class SimilarElsewhere() : Claim(
    "similar-elsewhere", "The same is observed on the other datasets",
    "Section 3.1: “similar behavior is observed with the other datasets”; section 4.2: “qualitatively similar results were obtained with the other "
        + "datasets.”",
    "paper/mnist", "paper/cifar10")
{
    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var (judgement, sentences) = (new Judgement(), new List<string>());
        foreach (var study in Studies)
        {
            var name = study[(study.IndexOf('/', StringComparison.Ordinal) + 1)..];
            if (!runs.HasRecords(study))
            {
                sentences.Add(runs.Missing.GetValueOrDefault(study) ?? $"{name}: there are no records yet.");
                judgement.NotRun($"{name}: all observations");
                continue;
            }
            var observations = Observe(runs, study).ToList();
            foreach (var (what, paper, ours, isSeen) in observations)
                judgement.Order($"{name}: {what}", paper, ours, isSeen);
            var missed = observations.Where(observation => observation.IsSeen == false).Select(observation => observation.What).ToList();
            var decided = observations.Count(observation => observation.IsSeen is not null);
            sentences.Add(decided == 0 ? $"{name}: no observation can be decided yet."
                : $"{name}: {decided - missed.Count} of {decided} observations match the paper's on "
                + $"Shapeset{(missed.Count == 0 ? "" : $"; these do not: {string.Join(", ", missed)}")}.");
        }
        return judgement.Result(string.Join(" ", sentences));
    }

    private static IEnumerable<(string What, string Paper, string Ours, bool? IsSeen)> Observe(PaperRuns runs, string study)
    {
        ModelTrials Of(PaperModel model) => runs.TrialsOf(study, model);
        var (tanh, normalized, sigmoid) = (Of(PaperModel.Tanh), Of(PaperModel.TanhN), Of(PaperModel.Sigmoid));
        var (back, backNormalized) = (Mean(GradientsShrink.PerLayer(tanh)), Mean(GradientsShrink.PerLayer(normalized)));
        yield return ("factor per layer of back-propagated gradients, tanh and tanh N", "0.58, about 1", Readings.Row([back, backNormalized]),
            Known(back, backNormalized) ? back < GradientsShrink.Level && backNormalized >= GradientsShrink.Level : null);
        var (sds, sdsNormalized) = (tanh.Profile(Quantity.Activation, row => row.Sd, 0), normalized.Profile(Quantity.Activation, row => row.Sd, 0));
        if (sds.Count > 0 && sdsNormalized.Count > 0)
        {
            var (kept, keptNormalized) = (sds[^1] / sds[0], sdsNormalized[^1] / sdsNormalized[0]);
            yield return ("sd of activations of the top layer over layer 1's at initialization, tanh and tanh N (figure 6)", "shrinks, stays",
                Readings.Row([kept, keptNormalized]), Known(kept, keptNormalized) ? kept < 0.25 && keptNormalized > 0.5 : null);
        }
        var spread = Mean(WeightGradientsLevel.Spread(tanh));
        yield return ("largest over smallest sd of weight gradients at initialization, tanh", "roughly 1", Readings.Row([spread]),
            Known(spread) ? spread <= WeightGradientsLevel.Level : null);
        var recorded = sigmoid.RecordedUpdates();
        if (recorded.Count > 1)
        {
            // The smallest ratio over training of the top layer's mean to the lowest mean below it.
            var fall = recorded.Min(update => TopOverLeastBelow(sigmoid.Profile(Quantity.Activation, row => row.Mean, update)));
            yield return ("mean activation of the top sigmoid layer over the lowest below it", "near 0", Readings.Row([fall]),
                Known(fall) ? fall < 0.5 ? true : Judgement.IsLongEnough(sigmoid.Updates(), 40_000) ? false : null : null);
        }
        if (tanh.HasLearned())
        {
            var (ratio, reversed) = (Reversal.RatioAt(tanh, tanh.RecordedUpdates()[^1]), Reversal.ShareReversed(tanh));
            yield return ("share of the records from the first reversed one on with back-propagated gradients of layer 1 above the top layer's, tanh",
                "lasting", Readings.Row([reversed]), Known(ratio) ? Reversal.IsLasting(tanh, tanh.Updates() >= 200_000) : null);
            var (last, lastNormalized) = (Mean(WeightGradientsLevel.Spread(tanh, update: long.MaxValue)),
                Mean(WeightGradientsLevel.Spread(normalized, update: long.MaxValue)));
            yield return ("largest over smallest sd of weight gradients at the end, tanh and tanh N", "larger for tanh", Readings.Row([last, lastNormalized]),
                Known(last, lastNormalized) ? last > lastNormalized : null);
            var first = SequentialSaturation.FirstSaturated(tanh);
            yield return ("updates at which tanh layers saturate, layer 1 first", "rising",
                string.Join(", ", first.Select(update => update is { } at ? $"{at:N0}" : "not yet")), SequentialSaturation.IsFromInputUp(first));
        }
        var (error, errorNormalized, errorSigmoid) = (Mean(tanh.LastErrors()), Mean(normalized.LastErrors()), Mean(sigmoid.LastErrors()));
        yield return ("test error of tanh and tanh N, %", "N is lower", Readings.Row([error, errorNormalized]),
            Known(error, errorNormalized) && Math.Abs(error - errorNormalized) > ModelProgress.ErrorNoise(tanh, normalized) ? errorNormalized < error : null);
        yield return ("test error of sigmoid and tanh, %", "sigmoid is higher", Readings.Row([errorSigmoid, error]),
            // A sigmoid network still at chance proves nothing.
            Known(errorSigmoid, error) && sigmoid.HasLearned() ? errorSigmoid > error : null);
    }

    private static double TopOverLeastBelow(IReadOnlyList<double> means) => means[^1] / means.SkipLast(1).Min();

    private static double Mean(IReadOnlyList<double> values) => values.Count == 0 ? double.NaN : values.Average();

    private static bool Known(params ReadOnlySpan<double> values)
    {
        foreach (var value in values)
            if (!double.IsFinite(value))
                return false;
        return true;
    }
}
