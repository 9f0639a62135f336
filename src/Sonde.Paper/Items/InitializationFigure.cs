using Sonde.Analysis.Trials;
using Sonde.Paper.Claims;
using Sonde.Paper.Figures;
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
