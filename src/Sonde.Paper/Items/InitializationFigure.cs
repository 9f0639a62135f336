using Sonde.Analysis.Trials;
using Sonde.Paper.Claims;
using Sonde.Paper.Figures;
using Sonde.Theory;

namespace Sonde.Paper.Items;

/// <summary>A figure of tanh at initialization, standard above normalized, with what theory predicts of each layer over the measured points [Glorot2010, figs.
/// 6, 7, 8].</summary>
/// <param name="number">Its number in the paper.</param>
/// <param name="title">Heading.</param>
/// <param name="says">What the paper sees in it, and where.</param>
/// <param name="figure">What draws it.</param>
/// <param name="quantity">A name of <see cref="Probes.Quantity"/>.</param>
/// <param name="predicted">The standard deviation of that quantity in a forecast.</param>
public abstract class InitializationFigure(
    int number, string title, string says, PaperFigure figure, string quantity, Func<LayerForecast, double> predicted)
    : DrawnFigure(number, title, says, figure, "paper/initialization")
{
    /// <inheritdoc/>
    protected sealed override IReadOnlyList<Arm> Arms(PaperRuns runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        return [WithTheory(runs.Arm("paper/initialization", PaperModel.Tanh)), WithTheory(runs.Arm("paper/initialization", PaperModel.TanhN))];
    }

    /// <summary>The verdict, theory aside.</summary>
    /// <param name="runs">The run folders.</param>
    /// <param name="arms">Tanh, then tanh N; one whose trials have not begun is empty.</param>
    protected abstract ItemResult Verdict(PaperRuns runs, IReadOnlyList<Arm> arms);

    /// <inheritdoc/>
    protected sealed override ItemResult Judge(PaperRuns runs, IReadOnlyList<Arm> arms)
    {
        ArgumentNullException.ThrowIfNull(arms);
        var result = Verdict(runs, arms);
        return result with { Readings = [.. result.Readings, .. arms.SelectMany(Compare)] };
    }

    private Arm WithTheory(Arm arm) => arm.Trials.Count > 0 && TrialForecast.Of(arm.Trials[0]) is { MeanField.Count: > 0 } forecast
        ? arm with { PredictedSd = Hidden(arm, forecast.MeanField) } : arm;

    private IEnumerable<Reading> Compare(Arm arm)
    {
        if (arm.PredictedSd is not { } meanField || TrialForecast.Of(arm.Trials[0]) is not { } forecast)
            yield break;
        yield return new(
            $"sd by layer, {arm.Label}; theory: mean field; linear (eqs 4 to 7)", "–",
            $"{Readings.Row(arm.Profile(quantity, row => row.Sd, 0), "0.00E+00")}; {Readings.Row(meanField, "0.00E+00")}; "
            + $"{Readings.Row(Hidden(arm, forecast.Linear), "0.00E+00")}");
    }

    private IReadOnlyList<double> Hidden(Arm arm, IReadOnlyList<LayerForecast> layers) => [.. layers.Take(arm.Depth()).Select(predicted)];
}
