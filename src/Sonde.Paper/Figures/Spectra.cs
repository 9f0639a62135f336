using System.Globalization;
using ScottPlot;
using Sonde.Figures.Drawing;

namespace Sonde.Paper.Figures;

/// <summary>Singular values of the layer-to-layer Jacobians of one model.</summary>
/// <param name="Title">Such as <c>tanh, standard initialization</c>.</param>
/// <param name="Layers">The singular values of each layer, layer 1 first, in any order.</param>
internal sealed record ModelSpectra(string Title, IReadOnlyList<IReadOnlyList<double>> Layers)
{
    /// <summary>The mean singular value of each layer that theory predicts; null if none is to be shown.</summary>
    public IReadOnlyList<double>? PredictedMean { get; init; }
}

/// <summary>Draws the sorted singular values of each layer's Jacobian (eq. 17), one row per model [Glorot2010, section 4.2.2].</summary>
internal static class Spectra
{
    private const int LegendCharacters = 27;

    /// <summary>Draws one row per model, all on the same axes.</summary>
    public static FigureFile Draw(IReadOnlyList<ModelSpectra> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var highest = models.SelectMany(model => model.Layers).SelectMany(layer => layer).Where(double.IsFinite).DefaultIfEmpty(1).Max();
        var rows = models.Count > 0 ? models : [new("singular values", [])];
        return new("spectra", "Section 4.2.2: singular values of the layers' Jacobians",
            "Singular values of the Jacobian of each hidden layer, from the largest to the smallest, and their mean. The paper gives the mean for "
            + "tanh at initialization: about 0.5 (standard) and about 0.8 (normalized).",
            [.. rows.Select(model => PanelOf(model, highest))], panelWidth: PaperLayout.Width, panelHeight: PaperLayout.RowHeight);
    }

    private static Plot PanelOf(ModelSpectra model, double highest)
    {
        var panel = Panel.Create(model.Title, "share of the singular values that are larger (%)", "singular value");
        var layers = model.Layers.Select((values, index) => (Index: index, Values: values.Where(double.IsFinite).OrderDescending().ToArray()))
            .Where(layer => layer.Values.Length > 0).ToList();
        if (layers.Count == 0)
        {
            panel.NoData("no singular values were given");
            return panel.Finish(LegendCharacters);
        }
        foreach (var (index, values) in layers)
        {
            double[] shares = [.. Enumerable.Range(0, values.Length).Select(rank => 100 * (rank + 0.5) / values.Length)];
            var predicted = model.PredictedMean is { } all && index < all.Count ? $" ({Number(all[index])})" : "";
            panel.Curve(shares, values, index, $"layer {index + 1} · mean {Number(values.Average())}{predicted}");
        }
        if (model.PredictedMean is not null)
            panel.AddToLegend("(predicted)", Colors.Transparent, MarkerShape.None, 0);
        panel.Plot.Axes.SetLimitsX(-2, 102);
        return panel.Between(-0.03 * highest, 1.05 * highest).Finish(LegendCharacters);
    }

    private static string Number(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);
}
