using ScottPlot;
using Sonde.Figures.Drawing;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Probes;

namespace Sonde.Paper.Figures;

/// <summary>Draws the 98th percentile (markers alone) and standard deviation (lines with markers) of the activations of each hidden layer over training, a
/// row for each model [Glorot2010, figs. 3, 10].</summary>
internal sealed class PercentilesAndSds : PaperFigure
{
    // The paper's axis ends at epoch 94.
    private const long PaperEnd = 94 * 20_000;

    private readonly IReadOnlyList<(PaperModel Model, string Curves)> rows;

    private PercentilesAndSds(string name, string title, string explanation, params IReadOnlyList<(PaperModel Model, string Curves)> rows) =>
        (Name, Title, Explanation, this.rows) = (name, title, explanation, rows);

    /// <summary>Figure 3: tanh above softsign, standard initialization.</summary>
    public static PercentilesAndSds Figure3 { get; } = new(
        "figure-3", "Figure 3: activations of tanh (top) and softsign (bottom)",
        Shown + " In the paper tanh saturates (98th percentile at 1) layer by layer from layer 1 up; softsign saturates less, and in all layers together.",
        (PaperModel.Tanh, "3-tanh"), (PaperModel.Softsign, "3-softsign"));

    /// <summary>Figure 10: tanh, normalized initialization.</summary>
    public static PercentilesAndSds Figure10 { get; } = new(
        "figure-10", "Figure 10: activations of tanh N",
        Shown + " In the paper the layers of tanh with the normalized initialization stay together, much as softsign's do in figure 3.",
        (PaperModel.TanhN, "10"));

    private const string Shown =
        "98th percentile (markers alone) and standard deviation (lines with markers) of the activations of each hidden layer during training, drawn "
        + "upwards and downwards, as in the paper. Pale rings and squares: the paper's standard deviations and percentiles, read off its figure. Runs of "
        + "less than a quarter of the paper's 94 epochs are shown on an axis of their own length.";

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
        var panels = rows.Select(row => PanelOf(row.Model, row.Curves, row.Model.FindIn(models)));
        return new(Name, Title, Explanation, [.. panels], panelWidth: PaperLayout.Width, panelHeight: PaperLayout.RowHeight);
    }

    private static Plot PanelOf(PaperModel row, string curves, ModelTrials? model)
    {
        var panel = Panel.OverEpochs(row.Words, "activation value");
        var layers = Enumerable.Range(1, model?.Depth ?? 0).Select(layer => (
            Series: layer - 1, P98: model!.Series(layer, Quantity.Activation, r => r.P98),
            Sd: model!.Series(layer, Quantity.Activation, r => r.Sd))).ToList();
        if (layers.All(layer => layer.Sd.Xs.Length == 0))
        {
            panel.NoData(model is null ? row.Missing : "no activation statistics were recorded");
            return panel.Finish();
        }
        foreach (var (series, p98, sd) in layers)
        {
            foreach (var side in new[] { p98, Below(p98) })
            {
                panel.Range(side, series);
                panel.Markers(side.Xs, side.Mean, series, label: null);
            }
            panel.Curve(sd, series, $"layer {series + 1}");
            panel.Curve(Below(sd), series, label: null);
        }
        void AddGhosts(string quantity, MarkerShape mark, params string[] names) =>
            Ghosts.Add(panel, layers.Max(layer => layer.Sd.Xs.DefaultIfEmpty().Max()), PaperEnd, [.. layers.SelectMany(layer => names
                .Select(of => (PaperCurves.Find(curves, $"layer-{layer.Series + 1}-{of}"), layer.Series)))], null, quantity, mark, 1, -1);
        panel.AddToLegend("98th pct.", Colors.Gray, MarkerShape.FilledCircle, 0);
        panel.AddToLegend("sd", Colors.Gray, MarkerShape.FilledCircle, 2);
        AddGhosts("sd", MarkerShape.OpenCircle, "sd");
        // The paper's top row gives the epoch at which a layer's 98th percentile reaches 0.9, not the percentile at given epochs.
        AddGhosts("98th pct.", MarkerShape.OpenSquare, "p98", "p98-reaches");
        return panel.Between(-1.03, 1.03).Finish();
    }

    private static SeedSeries Below(SeedSeries series) =>
        new(series.Xs, [.. series.Mean.Select(y => -y)], [.. series.High.Select(y => -y)], [.. series.Low.Select(y => -y)]);
}
