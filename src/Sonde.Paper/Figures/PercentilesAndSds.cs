using ScottPlot;
using Sonde.Figures.Drawing;
using Sonde.Probes;

namespace Sonde.Paper.Figures;

/// <summary>Draws the 98th percentile (markers alone) and standard deviation (lines with markers) of the activations of each hidden layer over training, a row
/// for each model [Glorot2010, figs. 3, 10].</summary>
internal sealed class PercentilesAndSds : PaperFigure
{
    private readonly IReadOnlyList<PaperModel> rows;

    private PercentilesAndSds(string name, string title, string explanation, params IReadOnlyList<PaperModel> rows) =>
        (Name, Title, Explanation, this.rows) = (name, title, explanation, rows);

    /// <summary>Figure 3: tanh above softsign, standard initialization.</summary>
    public static PercentilesAndSds Figure3 { get; } = new(
        "figure-3", "Figure 3: activations of tanh (top) and softsign (bottom)",
        Shown + " In the paper tanh saturates (98th percentile at 1) layer by layer from layer 1 up; softsign saturates less, and in all layers together.",
        PaperModel.Tanh, PaperModel.Softsign);

    /// <summary>Figure 10: tanh, normalized initialization.</summary>
    public static PercentilesAndSds Figure10 { get; } = new(
        "figure-10", "Figure 10: activations of tanh N",
        Shown + " In the paper the layers of tanh with the normalized initialization stay together, much as softsign's do in figure 3.",
        PaperModel.TanhN);

    private const string Shown =
        "98th percentile (markers alone) and standard deviation (lines with markers) of the activations of each hidden layer during training.";

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
        var panels = rows.Select(row => PanelOf(row, row.FindIn(models)));
        return new(Name, Title, Explanation, [.. panels], panelWidth: PaperLayout.Width, panelHeight: PaperLayout.RowHeight);
    }

    private static Plot PanelOf(PaperModel row, ModelTrials? model)
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
            panel.Range(p98, series);
            panel.Markers(p98.Xs, p98.Mean, series, label: null);
            panel.Curve(sd, series, $"layer {series + 1}");
        }
        panel.AddToLegend("98th pct.", Colors.Gray, MarkerShape.FilledCircle, 0);
        panel.AddToLegend("sd", Colors.Gray, MarkerShape.FilledCircle, 2);
        // Both rows have the same axis, which reaches the limit, where saturation shows.
        return panel.Between(-0.03, 1.03).Finish();
    }
}
