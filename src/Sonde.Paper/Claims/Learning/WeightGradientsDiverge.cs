using Sonde.Figures.Trials;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;

namespace Sonde.Paper.Claims.Learning;

/// <summary>During training the weight gradients of the layers drift apart: lower layers get larger ones, most of all under the standard initialization
/// [Glorot2010, section 4.3, fig. 9].</summary>
internal sealed class WeightGradientsDiverge() : Claim(
    "weight-gradients-diverge", "Weight gradients diverge during training, most under the standard initialization",
    "Section 4.3: “whereas the gradients have initially roughly the same magnitude, they diverge from each other (with larger gradients in the lower layers) "
    + "as training progresses, especially with the standard initialization.” In figure 9 layer 1 has 5 times layer 5's at epochs 2 and 10 and 3.3 times at "
    + "epoch 90; under the normalized initialization 2, 1.6 and 1.9 times.",
    "paper/shapeset")
{
    // The standard deviations of the layers are within a few per cent of each other at first. No draw of examples makes them differ by this factor.
    private const double Diverged = 1.5;

    // The figure's values are read to a tenth; their ratio to the paper's may depend on the batch and the output layer, so ratios of layers are compared too.
    private const double Relative = 0.3;

    /// <inheritdoc/>
    protected override ItemResult Read(PaperRuns runs)
    {
        var standard = runs.TrialsOf("paper/shapeset", PaperModel.Tanh.WithDepth(5));
        var normalized = runs.TrialsOf("paper/shapeset", PaperModel.TanhN.WithDepth(5));
        if (!standard.HasLearned())
            return standard.OnPlateau();
        IReadOnlyList<double> Of(ModelTrials model, Func<IReadOnlyList<double>, double> of, long update = long.MaxValue) =>
            model.PerSeed(Quantity.WeightGradient, row => row.Sd, of, update);
        var (first, spread, other) = (Of(standard, ModelProgress.Spread, 0), Of(standard, ModelProgress.Spread), Of(normalized, ModelProgress.Spread));
        var bottom = Of(standard, ModelProgress.BottomOverTop);
        if (first.Count == 0 || spread.Count == 0)
            return ItemResult.NotRun("Weight gradients of tanh have not been recorded yet.");
        var judgement = new Judgement()
            .Order("largest over smallest sd of weight gradients at the start, tanh", "roughly 1", Readings.Text(first, "0.00"), first.Average() <= Diverged)
            .Order("the same at the end, tanh", "larger than at the start", Readings.Text(spread, "0.00"), spread.Average() >= Diverged * first.Average())
            .Order("the same at the end, tanh N", "smaller than tanh's", Readings.Text(other, "0.00"),
                other.Count == 0 ? null : other.Average() < spread.Average())
            .Order("layer 1 over the top layer at the end, tanh", "above 1", Readings.Text(bottom, "0.00"), bottom.Average() > 1);
        var recorded = new[] { (Model: standard, Figure: "9-tanh"), (Model: normalized, Figure: "9-tanh-n") }.Where(of => of.Model.Trials.Count > 0).ToList();
        foreach (var (model, figure) in recorded)
        {
            AddRatios(judgement, model, figure);
            for (var layer = 1; layer <= model.Depth; layer++)
                judgement.Curve($"sd of weight gradients of layer {layer}, {model.Label}", PaperCurves.Find(figure, $"layer-{layer}-sd"),
                    SampledCurve.OfLayer(model, Quantity.WeightGradient, layer, row => row.Sd), paper => Relative * paper, format: "0.0000");
        }
        return judgement.Result(
            $"With the standard initialization the standard deviations of weight gradients are within a factor of {first.Average():0.0} of each other at the "
            + $"start and of {spread.Average():0.0} after {standard.LastRecord():N0} updates. That of layer 1 is then {bottom.Average():0.0} times that of "
            + $"layer "
            + $"{standard.Depth}. "
            + (other.Count == 0 ? "The normalized initialization has not been recorded yet."
                : $"With the normalized initialization they end within a factor of {other.Average():0.0}."),
            [.. recorded.Select(of => new GradientSd(Quantity.WeightGradient).Draw(of.Model.Trials[0]))]);
    }

    private static void AddRatios(Judgement judgement, ModelTrials model, string figure)
    {
        var (bottom, top) = (PaperCurves.Find(figure, "layer-1-sd")!, PaperCurves.Find(figure, "layer-5-sd")!);
        var paper = new PaperCurve(figure, "ratio", [.. bottom.Points.Zip(top.Points, (below, above) => (below.Update, below.Value / above.Value))]);
        var lower = SampledCurve.OfLayer(model, Quantity.WeightGradient, 1, row => row.Sd);
        var upper = SampledCurve.OfLayer(model, Quantity.WeightGradient, model.Depth, row => row.Sd);
        judgement.Curve($"sd of weight gradients of layer 1 over that of layer {model.Depth}, {model.Label}", paper,
            [.. lower.Zip(upper, (below, above) => new SampledCurve(below.Updates, [.. below.Values.Zip(above.Values, (one, other) => one / other)]))],
            value => Relative * value);
    }
}
