using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Paper.Models;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Paper.Figures;

/// <summary>Draws the standard deviation of the back-propagated gradients of each hidden layer over training, standard above normalized, and the ratio of the
/// first to the last layer, which [Glorot2010, section 4.3] describes in words.</summary>
internal sealed class BackpropagatedGradients : PaperFigure
{
    private const int LegendCharacters = 16;

    private static readonly PaperModel[] Rows = [PaperModel.Tanh, PaperModel.TanhN];

    /// <inheritdoc/>
    public override string Name => "backpropagated-gradients";

    /// <inheritdoc/>
    public override string Title => "Section 4.3: back-propagated gradients during training, standard and normalized";

    /// <inheritdoc/>
    public override string Explanation =>
        "Standard deviation of dCost/ds of each hidden layer of tanh, and the first layer's divided by the last layer's. The paper says, without a figure: "
        + "under the standard initialization they get smaller on the way down (ratio below 1), and the trend is reversed very quickly (above 1); under the "
        + "normalized one they do not get smaller.";

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var panels = Rows.Select(row => LayersOf(row, row.FindIn(models))).Append(Ratios(models));
        return new(Name, Title, Explanation, [.. panels], panelWidth: PaperLayout.Width, panelHeight: PaperLayout.RowHeight);
    }

    private static Plot LayersOf(PaperModel row, ModelTrials? model)
    {
        var layers = Enumerable.Range(1, model?.Depth ?? 0)
            .Select(layer => (model!.Series(layer, Quantity.BackpropagatedGradient, of => of.Sd), Label: $"layer {layer}", Series: layer - 1)).ToList();
        return OnLogAxis(row.Words, "sd of dCost/ds (log)", layers, model is null ? row.Missing : "no back-propagated gradient statistics were recorded");
    }

    private static Plot Ratios(IReadOnlyList<ModelTrials> models)
    {
        var curves = Rows.Select((row, series) => (Model: row.FindIn(models), row.Initializer, series)).Where(of => of.Model is not null)
            .Select(of => (SeedSeries.FromPoints(of.Model!.Trials.SelectMany(RatiosOf)), of.Initializer.Name, of.series)).ToList();
        return OnLogAxis("tanh, first hidden layer over last", "ratio of sds of dCost/ds (log)", curves, "tanh has not been trained yet", level: 1);
    }

    private static IEnumerable<(double X, double Y)> RatiosOf(RecordedTrial trial)
    {
        var depth = TrialFacts.Of(trial.Manifest).Depth;
        var rows = trial.Layers.Where(row => row.Quantity == Quantity.BackpropagatedGradient).ToLookup(row => row.Layer);
        return rows[1].Join(rows[depth], first => first.Update, last => last.Update, (first, last) => ((double)first.Update, first.Sd / last.Sd));
    }

    private static Plot OnLogAxis(string title, string yLabel, List<(SeedSeries Points, string Label, int Series)> curves, string missing, double? level = null)
    {
        var panel = Panel.OverEpochs(title, yLabel);
        var positive = curves.SelectMany(curve => curve.Points.Low.Concat(curve.Points.High)).Where(value => value > 0).ToList();
        if (positive.Count == 0)
        {
            panel.NoData(missing);
            return panel.Finish(LegendCharacters);
        }
        foreach (var (points, label, series) in curves)
            panel.Curve(points.Log, series, label);
        if (level is { } at)
        {
            panel.Level(Math.Log10(at), "equal");
            positive.Add(at);
        }
        LogAxis.Apply(panel.Plot, positive.Min(), positive.Max());
        return panel.Finish(LegendCharacters);
    }
}
