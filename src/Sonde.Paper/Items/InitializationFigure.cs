using Sonde.Analysis.Trials;
using Sonde.Paper.Claims;
using Sonde.Paper.Figures;
using Sonde.Paper.Models;
using Sonde.Paper.Verdicts;
using Sonde.Probes;
using Sonde.Theory;

namespace Sonde.Paper.Items;

/// <summary>A figure of tanh at initialization, standard above normalized, with the prediction of theory for each layer [Glorot2010, figs. 6, 7,
/// 8].</summary>
/// <param name="number">Its number in the paper.</param>
/// <param name="title">Heading.</param>
/// <param name="says">The paper's statement on it, with its section.</param>
/// <param name="figure">Draws it.</param>
/// <param name="quantity">A name of <see cref="Probes.Quantity"/>.</param>
/// <param name="predicted">Reads the standard deviation of that quantity from a forecast.</param>
internal abstract class InitializationFigure(
    int number, string title, string says, PaperFigure figure, string quantity, Func<LayerForecast, double> predicted)
    : DrawnFigure(number, title, says, figure, "paper/initialization")
{
    /// <inheritdoc/>
    protected sealed override IReadOnlyList<ModelTrials> Models(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [WithTheory(runs.TrialsOf("paper/initialization", PaperModel.Tanh)), WithTheory(runs.TrialsOf("paper/initialization", PaperModel.TanhN))];
    }

    /// <summary>Compares the measurements with the paper, without theory.</summary>
    /// <param name="runs">The run folders.</param>
    /// <param name="models">Tanh, then tanh N; a model without trials is empty.</param>
    protected abstract ItemResult MeasuredVerdict(PaperRuns runs, IReadOnlyList<ModelTrials> models);

    /// <inheritdoc/>
    protected sealed override ItemResult Verdict(PaperRuns runs, IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var result = MeasuredVerdict(runs, models);
        return result with { Readings = [.. result.Readings, .. models.SelectMany(Compare)] };
    }

    // Peaks of gradients are compared as a share of the paper's.
    private const double Relative = 0.25;

    /// <summary>Adds the heights of the peaks at 0 to what was judged, and how they change from layer to layer, which does not depend on their
    /// scale.</summary>
    private protected static ItemResult WithPeaks(
        ItemResult claimed, string quantity, params IReadOnlyList<(ModelTrials Model, IReadOnlyList<double> Peaks)> rows)
    {
        var judgement = new Judgement().Join(claimed);
        foreach (var (model, peaks) in rows)
        {
            for (var layer = 1; layer <= Math.Min(model.Depth, peaks.Count); layer++)
                judgement.Number($"density of layer {layer} at 0, "
                    + $"{model.Label}", peaks[layer - 1], PeakOf(model, quantity, layer), Relative * peaks[layer - 1],
                    format: "0.0");
            if (model.Depth == peaks.Count && PeakOf(model, quantity, 1) is [var first] && PeakOf(model, quantity, peaks.Count) is [var last])
                judgement.Number($"density of layer 1 over that of layer {model.Depth} at 0, {model.Label}", peaks[0] / peaks[^1], [first / last],
                    Relative * peaks[0] / peaks[^1]);
        }
        return claimed.Agreement == Agreement.NotRun ? claimed : judgement.Result(claimed.Sentence) with { Figures = claimed.Figures };
    }

    /// <summary>Returns the density of a layer's values at 0 before training, the mean of the bins around it over all seeds; empty if none was
    /// recorded.</summary>
    private protected static IReadOnlyList<double> PeakOf(ModelTrials model, string quantity, int layer)
    {
        // The two bins that meet at 0, or the middle one.
        IReadOnlyList<double> densities = [.. model.Trials.SelectMany(trial => trial.Histograms)
            .Where(row => row.Quantity == quantity && row.Layer == layer && row.Update == 0 && row.Counts.Sum() > 0)
            .Select(row => (row.Counts[(row.Counts.Length - 1) / 2] + row.Counts[row.Counts.Length / 2]) / 2 / row.Counts.Sum()
                / ((row.High - row.Low) / row.Counts.Length))];
        return densities.Count == 0 ? [] : [densities.Average()];
    }

    private ModelTrials WithTheory(ModelTrials model) => model.Trials.Count > 0 && TrialForecast.Of(model.Trials[0]) is { MeanField.Count: > 0 } forecast
        ? model with
        {
            PredictedSd = Hidden(model, forecast.MeanField),
            PredictedPreactivationSd = quantity == Quantity.Activation
                ? [.. forecast.MeanField.Take(model.Depth).Select(layer => layer.PreactivationSd)] : null,
        } : model;

    private IEnumerable<Reading> Compare(ModelTrials model)
    {
        if (model.PredictedSd is not { } meanField || TrialForecast.Of(model.Trials[0]) is not { } forecast)
            yield break;
        yield return new(
            $"sd by layer, {model.Label}; theory: mean field; linear (eqs 4 to 7)", "–",
            $"{Readings.Row(model.Profile(quantity, row => row.Sd, 0), "0.00E+00")}; {Readings.Row(meanField, "0.00E+00")}; "
            + $"{Readings.Row(Hidden(model, forecast.Linear), "0.00E+00")}");
    }

    private IReadOnlyList<double> Hidden(ModelTrials model, IReadOnlyList<LayerForecast> layers) => [.. layers.Take(model.Depth).Select(predicted)];
}
