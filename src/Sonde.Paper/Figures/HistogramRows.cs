using System.Globalization;
using ScottPlot;
using Sonde.Figures.Drawing;
using Sonde.Figures.Trials;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Probes;
using Palette = Sonde.Figures.Drawing.Palette;

namespace Sonde.Paper.Figures;

/// <summary>Draws normalized histograms of each hidden layer of two models, one above the other, on the same horizontal axis: at the end of training
/// [Glorot2010, fig. 4] or at initialization [Glorot2010, figs. 6, 7, 8].</summary>
/// <remarks>The density axis is linear, as in the paper, because the figures are about the height of the peak at 0. The report's
/// <see cref="LayerHistograms"/> have a logarithmic axis, on which narrow and wide layers are visible together.</remarks>
internal sealed class HistogramRows : PaperFigure
{
    private const string Initialization =
        " Lines: normal curves with the standard deviation that theory predicts. Theory predicts the width of a histogram, not this shape. Each row has "
        + "its own horizontal axis, as in the paper. Pale rings: the heights of the paper's peaks.";

    // The paper's axis of figure 4.
    private const double HighestAtEnd = 3;

    // Lines of theory are thinner than the measured points.
    private const float TheoryWidth = 1.2f;
    private const int PointsOfTheory = 200, LegendCharacters = 20;

    private readonly string quantity;
    private readonly bool isAtEnd;
    private readonly (PaperModel Model, IReadOnlyList<double> Peaks)[] rows;

    private HistogramRows(string name, string title, string explanation, string quantity, bool isAtEnd,
        params (PaperModel Model, IReadOnlyList<double> Peaks)[] rows) =>
        (Name, Title, Explanation, this.quantity, this.isAtEnd, this.rows) = (name, title, explanation, quantity, isAtEnd, rows);

    /// <summary>Figure 4: activations at the end of training, tanh above softsign.</summary>
    public static HistogramRows Figure4 { get; } = new(
        "figure-4", "Figure 4: activations at the end of training, tanh (top) and softsign (bottom)",
        "Normalized histograms of the activations of each hidden layer at the last update. In the paper tanh has its modes at -1, 0 and 1, above "
        + "all in the lower layers, and softsign around -0.6 to -0.8 and 0.6 to 0.8, where units are neither linear nor saturated. The density axis "
        + "ends at 3, as in the paper. Pale rings: the paper's densities of tanh at 0.",
        Quantity.Activation, isAtEnd: true, (PaperModel.Tanh, PaperPeaks.TrainedTanh), (PaperModel.Softsign, []));

    /// <summary>Figure 6: activations at initialization.</summary>
    public static HistogramRows Figure6 { get; } = new(
        "figure-6", "Figure 6: activations at initialization, standard (top) and normalized (bottom)",
        "Normalized histograms of the activations of each hidden layer of tanh before the first update. In the paper the peak at 0 grows with the layer "
        + "under the standard initialization, and is the same in all layers under the normalized one. Lines: the density of tanh(s) for the normal s "
        + "that mean-field theory predicts. The measured peaks are higher because images differ in contrast: theory takes their mean. "
        + "Pale rings: the heights of the paper's peaks, which could be read off its lower row only.",
        Quantity.Activation, isAtEnd: false, (PaperModel.Tanh, []), (PaperModel.TanhN, PaperPeaks.ActivationsN));

    /// <summary>Figure 7: back-propagated gradients at initialization.</summary>
    public static HistogramRows Figure7 { get; } = new(
        "figure-7", "Figure 7: back-propagated gradients at initialization, standard (top) and normalized (bottom)",
        "Normalized histograms of dCost/ds of each hidden layer of tanh before the first update. In the paper the peak at 0 falls with the layer "
        + "under the standard initialization (gradients get smaller on their way down), and not under the normalized one." + Initialization,
        Quantity.BackpropagatedGradient, isAtEnd: false, (PaperModel.Tanh, PaperPeaks.BackpropagatedGradients),
        (PaperModel.TanhN, PaperPeaks.BackpropagatedGradientsN));

    /// <summary>Figure 8: weight gradients at initialization.</summary>
    public static HistogramRows Figure8 { get; } = new(
        "figure-8", "Figure 8: weight gradients at initialization, standard (top) and normalized (bottom)",
        "Normalized histograms of dCost/dW, averaged over a mini-batch of ten, of each hidden layer of tanh before the first update. In the paper all "
        + "layers have the same histogram, even if the back-propagated gradients get smaller (eq. 14)." + Initialization,
        Quantity.WeightGradient, isAtEnd: false, (PaperModel.Tanh, PaperPeaks.WeightGradients), (PaperModel.TanhN, PaperPeaks.WeightGradientsN));

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Title { get; }

    /// <inheritdoc/>
    public override string Explanation { get; }

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var drawn = rows.Select(row => (Row: row.Model, row.Peaks, Model: row.Model.FindIn(models)))
            .Select(row => (row.Row, row.Peaks, row.Model, Layers: DensitiesOf(row.Row, row.Model))).ToList();
        // Activations from -1 to 1; gradients to the ends of their own row.
        var panels = drawn.Select(row => PanelOf(row.Row, row.Model, row.Layers, row.Peaks, IsBounded(row.Row) || row.Layers.Count == 0 ? 1
            : row.Layers.Max(layer => Math.Max(-layer.From, layer.To))));
        return new(Name, Title, Explanation, [.. panels], panelWidth: PaperLayout.Width, panelHeight: PaperLayout.RowHeight);
    }

    private bool IsBounded(PaperModel row) => quantity == Quantity.Activation && row.Activation is { Lower: not null, Upper: not null };

    private IReadOnlyList<LayerDensity> DensitiesOf(PaperModel row, ModelTrials? model) =>
        model is null ? [] : LayerDensity.FromTrials(model, quantity, isAtEnd, IsBounded(row));

    private Plot PanelOf(PaperModel row, ModelTrials? model, IReadOnlyList<LayerDensity> layers, IReadOnlyList<double> peaks, double reach)
    {
        var words = QuantityText.Words(quantity);
        var panel = Panel.Create($"{row.Words}{(isAtEnd && model is not null ? EndOf(model) : "")}", words, "density");
        if (layers.Count == 0)
        {
            panel.NoData(model is null ? row.Missing : $"no histograms of {words}s were recorded{(isAtEnd ? "" : " at update 0")}");
            return panel.Finish();
        }
        foreach (var layer in layers)
        {
            var series = layer.Layer - 1;
            var sd = layer.Sd.ToString("g2", CultureInfo.InvariantCulture);
            if (model!.PredictedSd is not { } all || series >= all.Count)
            {
                panel.Curve(layer.Density, series, $"layer {layer.Layer} · sd {sd}", hasMarkers: false);
                continue;
            }
            var predicted = all[series].ToString("g2", CultureInfo.InvariantCulture);
            panel.Points(layer.Density.Xs, layer.Density.Mean, series, $"layer {layer.Layer} · sd {sd} ({predicted})");
            var xs = Enumerable.Range(0, PointsOfTheory + 1).Select(i => reach * (2.0 * i / PointsOfTheory - 1)).ToArray();
            panel.Plot.Add.ScatterLine(xs, [.. xs.Select(Density(model, series))], Palette.ColorOf(series)).LineWidth = TheoryWidth;
        }
        // A network of another depth has no counterpart in the paper.
        peaks = layers.Count == peaks.Count ? peaks : [];
        for (var series = 0; series < peaks.Count; series++)
            panel.Ghost([0], [peaks[series]], series, MarkerShape.OpenCircle);
        if (peaks.Count > 0)
            panel.NameGhosts("paper, at 0", MarkerShape.OpenCircle);
        if (model!.PredictedSd is not null)
            panel.AddToLegend("(predicted)", Colors.Gray, MarkerShape.None, TheoryWidth);
        panel.Plot.Axes.SetLimitsX(-1.03 * reach, 1.03 * reach);
        var highest = layers.Max(layer => layer.Density.High.Max());
        highest = Math.Max(highest, peaks.DefaultIfEmpty().Max());
        // A prediction that is far too narrow would flatten the measured points.
        highest = Math.Max(highest, Math.Min(2 * highest, (model.PredictedSd ?? []).Select((_, series) => Density(model, series)(0)).DefaultIfEmpty().Max()));
        if (isAtEnd && IsBounded(row))
            highest = HighestAtEnd;
        return panel.Between(-0.02 * highest, 1.06 * highest).Finish(LegendCharacters);
    }

    private static string EndOf(ModelTrials model) =>
        string.Create(CultureInfo.InvariantCulture, $", after {model.LastRecord():#,0} updates");

    /// <summary>Returns the density that theory predicts: of f(s) for a normal s, or normal itself.</summary>
    private static Func<double, double> Density(ModelTrials model, int series) => model.PredictedPreactivationSd is { } ofS
        ? z => Math.Abs(z) < 1 ? Normal(Math.Atanh(z) / ofS[series]) / ofS[series] / (1 - z * z) : 0
        : x => Normal(x / model.PredictedSd![series]) / model.PredictedSd[series];

    private static double Normal(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);
}
