using System.Globalization;
using Sonde.Paper.Claims;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;

namespace Sonde.Paper.Items;

/// <summary>Compares the test errors of models with the paper's curves, at the same updates [Glorot2010, figs. 11, 12].</summary>
internal static class ErrorComparison
{
    /// <summary>Adds each model's curve, the order of all pairs, and how much luck there may be.</summary>
    /// <param name="judgement">Takes the quantities.</param>
    /// <param name="data">The dataset's name in readings.</param>
    /// <param name="figure">The name of the paper's curves.</param>
    /// <param name="models">Each model with the name of its series; one of them at least has been evaluated.</param>
    /// <param name="tolerance">In points.</param>
    /// <returns>Words on the pairs, for a sentence.</returns>
    public static string Add(Judgement judgement, string data, string figure, IReadOnlyList<(ModelTrials Model, string Series)> models, double tolerance)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        var shown = models.Where(of => of.Model.LastErrors().Count > 0).ToList();
        var curves = shown.ConvertAll(of => new Judgement().Curve($"test error of {of.Model.Label} on {data}, %", PaperCurves.Find(figure, of.Series),
            SampledCurve.OfErrors(of.Model), _ => tolerance, "points").Result(""));
        foreach (var curve in curves)
            judgement.Join(curve);
        foreach (var (model, _) in models.Except(shown))
            judgement.NotRun($"test error of {model.Label} on {data}, %");
        judgement.Note($"luck of the test examples on {data} in a difference of two errors, points", "–",
            $"{shown.Max(of => ModelProgress.ErrorNoise(of.Model, of.Model)):0.0}");
        foreach (var (model, _) in shown)
            judgement.Note($"learning rate and seeds, {model.Label} on {data}", "–", $"{ModelReadings.RateOf(model)}; "
                + (model.Trials.Count == 1 ? "one seed, so how much it matters is not known" : $"{model.Trials.Count} seeds"));
        var (within, compared) = (curves.Count(curve => curve.Agreement == Agreement.AgreesInNumber),
            curves.Count(curve => curve.Agreement is Agreement.AgreesInNumber or Agreement.Differs));
        var number = compared == 0 ? "no curve is long enough to compare with the paper's"
            : string.Create(CultureInfo.InvariantCulture,
                $"{within} of {compared} curves {(within == 1 ? "is" : "are")} within {tolerance} points of the paper's "
                + $"{(shown.Exists(of => of.Model.Trials.Count > 1) ? "or two standard deviations over seeds, if that is more, " : "")}at every common update");
        var pairs = (from one in Enumerable.Range(0, shown.Count)
                     from other in Enumerable.Range(one + 1, shown.Count - one - 1)
                     select Compare(figure, shown[one], shown[other], tolerance)).OfType<Pair>().ToList();
        if (pairs.Count == 0)
            return $"{data}: {number}; no pair of models can be ranked at a common update yet.";
        var (inOrder, reversed) = (pairs.Count(pair => pair.IsInOrder == true), pairs.Where(pair => pair.IsInOrder == false).ToList());
        judgement.Order($"pairs of models in the paper's order on {data}", $"{pairs.Count}", $"{inOrder}",
            reversed.Count > 0 ? false : 2 * inOrder >= pairs.Count ? true : null,
            reversed.Count == 0 ? $"{pairs.Count - inOrder} too near to tell" : $"reversed: {string.Join(", ", reversed.Select(pair => pair.Words))}");
        return $"{data}: {number}; {inOrder} of {pairs.Count} pairs of models are in its order at their last common update"
            + $"{(reversed.Count == 0 ? "" : $"; reversed: {string.Join(", ", reversed.Select(pair => pair.Words))}")}.";
    }

    // Null if the paper does not rank them, or if one of ours is still at chance, where the order proves nothing.
    private static Pair? Compare(string figure, (ModelTrials Model, string Series) one, (ModelTrials Model, string Series) other, double tolerance)
    {
        var (paper, paperOther) = (PaperCurves.Find(figure, one.Series)!, PaperCurves.Find(figure, other.Series)!);
        var (curves, curvesOther) = (SampledCurve.OfErrors(one.Model), SampledCurve.OfErrors(other.Model));
        var common = paper.Points.Join(paperOther.Points, point => point.Update, point => point.Update,
            (first, second) => (first.Update, Gap: first.Value - second.Value))
            .LastOrDefault(point => SampledCurve.At(curves, point.Update).Count > 0 && SampledCurve.At(curvesOther, point.Update).Count > 0);
        if (common.Update == 0 || Math.Abs(common.Gap) <= tolerance)
            return null;
        var (ours, oursOther) = (SampledCurve.At(curves, common.Update), SampledCurve.At(curvesOther, common.Update));
        if (!one.Model.IsBelowChance(ours) || !other.Model.IsBelowChance(oursOther))
            return null;
        var (gap, noise) = (ours.Average() - oursOther.Average(), ModelProgress.ErrorNoise(one.Model, other.Model, common.Update));
        return new($"{one.Model.Label} and {other.Model.Label} at {common.Update:N0}",
            Math.Abs(gap) <= noise ? null : Math.Sign(gap) == Math.Sign(common.Gap));
    }

    private sealed record Pair(string Words, bool? IsInOrder);
}
