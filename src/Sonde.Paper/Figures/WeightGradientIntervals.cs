using System.Globalization;
using ScottPlot;
using Sonde.Figures.Drawing;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Probes;

namespace Sonde.Paper.Figures;

/// <summary>Draws lines one standard deviation either way of the mean of the weight gradients of each hidden layer over training, standard above normalized,
/// on
/// the paper's axis and on one of their own [Glorot2010, fig. 9].</summary>
internal sealed class WeightGradientIntervals : PaperFigure
{
    private const int LegendCharacters = 21, PaperLegendCharacters = 9;

    // The paper's axes: to epoch 94, and from -0.06 to 0.06. Layer 1's ghost ends at 0.063, and its ring needs room.
    private const long PaperEnd = 94 * 20_000;
    private const double PaperReach = 70;

    // The axis is in thousandths.
    private const double Unit = 1000;

    private static readonly PaperModel[] Rows = [PaperModel.Tanh, PaperModel.TanhN];

    private static readonly bool[] PapersFirst = [true, false];

    /// <inheritdoc/>
    public override string Name => "figure-9";

    /// <inheritdoc/>
    public override string Title => "Figure 9: weight gradients during training, standard (top) and normalized (bottom)";

    /// <inheritdoc/>
    public override string Explanation =>
        "One standard deviation either way of the mean of dCost/dW, averaged over a mini-batch of ten, for each hidden layer of tanh: on the paper's axis "
        + "with the paper's values as rings (left), and on an axis of its own (right). In the paper the layers drift apart under the standard "
        + "initialization, "
        + "with larger gradients in lower layers, and less under the normalized one. "
        + "The last lines of the legend give the sd of layer 1 divided by that of the top layer at the first and the last record.";

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var panels = Rows.SelectMany(row => PapersFirst.Select(isPapers => PanelOf(row, row.FindIn(models), isPapers)));
        return new(Name, Title, Explanation, [.. panels], columns: 2, panelWidth: FigureFile.FullWidth / 2, panelHeight: PaperLayout.RowHeight);
    }

    private static Plot PanelOf(PaperModel row, ModelTrials? model, bool isPapers)
    {
        var panel = Panel.OverEpochs($"{row.Words}{(isPapers ? "" : ", own axis")}", "weight gradient (10⁻³)");
        var layers = Enumerable.Range(1, model?.Depth ?? 0).Select(layer => (
            Series: layer - 1,
            Mean: model!.Series(layer, Quantity.WeightGradient, r => r.Mean * Unit),
            Sd: model!.Series(layer, Quantity.WeightGradient, r => r.Sd * Unit))).ToList();
        if (layers.All(layer => layer.Sd.Xs.Length == 0))
        {
            panel.NoData(model is null ? row.Missing : "no weight gradient statistics were recorded");
            return panel.Finish(isPapers ? PaperLegendCharacters : LegendCharacters);
        }
        foreach (var (series, mean, sd) in layers)
        {
            double[] low = [.. mean.Mean.Zip(sd.Mean, (m, s) => m - s)], high = [.. mean.Mean.Zip(sd.Mean, (m, s) => m + s)];
            panel.Curve(sd.Xs, low, series, null, hasMarkers: false);
            panel.Curve(sd.Xs, high, series, $"layer {series + 1}", hasMarkers: false);
        }
        if (layers.Count > 1 && !isPapers)
        {
            // Two entries for two lines of text: one entry of two lines would make all entries twice as high.
            panel.AddToLegend($"layer 1 over layer {layers.Count}:", Colors.Transparent, MarkerShape.None, 0);
            panel.AddToLegend($"first {Ratio(layers, first: true)}, last {Ratio(layers, first: false)}", Colors.Transparent, MarkerShape.None, 0);
        }
        if (isPapers)
        {
            Ghosts.Add(panel, layers.Max(layer => layer.Sd.Xs.DefaultIfEmpty().Max()), PaperEnd,
                [.. layers.Select(layer =>
                    (PaperCurves.Find($"9-{PaperCurves.NameOf(row)}", $"layer-{layer.Series + 1}-sd"), layer.Series))], null, Unit, -Unit);
            return panel.Between(-PaperReach, PaperReach).Finish(isPapers ? PaperLegendCharacters : LegendCharacters);
        }
        var reaches = layers.SelectMany(layer => layer.Mean.Mean.Zip(layer.Sd.Mean, (m, s) => Math.Abs(m) + s));
        panel.IncludeZero(reaches.SelectMany(reach => new[] { -reach, reach }));
        return panel.Finish(isPapers ? PaperLegendCharacters : LegendCharacters);
    }

    private static string Ratio(List<(int Series, SeedSeries Mean, SeedSeries Sd)> layers, bool first)
    {
        double At(SeedSeries sd) => sd.Xs.Length == 0 ? double.NaN : first ? sd.Mean[0] : sd.Mean[^1];
        return (At(layers[0].Sd) / At(layers[^1].Sd)).ToString("g2", CultureInfo.InvariantCulture);
    }
}
