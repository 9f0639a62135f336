using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Draws, for each hidden layer over updates, the mean activation with a band of one standard deviation, and below it the 98th percentile and the
/// standard deviation [Glorot2010, figs. 2, 3, 10].</summary>
internal sealed class ActivationBands : TrialFigure
{
    /// <inheritdoc/>
    public override string Name => "activation-bands";

    /// <inheritdoc/>
    public override string Title => "Activations over training";

    /// <inheritdoc/>
    public override string Explanation =>
        "Top: mean activation of each hidden layer, with a band of one standard deviation (paper, figure 2). Bottom: 98th percentile (markers) and standard "
        + "deviation (lines; figures 3 and 10).";

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var layers = LayerSeries.Read(trial, Quantity.Activation);
        var facts = TrialFacts.Of(trial.Manifest);
        var numbers = LayerSentences.FirstAndLast("Mean", facts, layers, row => row.Mean)
            + LayerSentences.FirstAndLast("98th percentile", facts, layers, row => row.P98);
        // A large percentile of a rectifier or a linear unit means nothing of the kind.
        var meaning = facts.Network.SharedActivation is { Saturates: true, Upper: { } limit }
            ? $" A 98th percentile near {FigureNumber.TwoDigits(limit)}, the upper limit of {facts.Activation}, means saturation." : "";
        return new(Name, Title, Explanation + meaning + numbers, [Means(trial.Manifest.Id, layers), Percentiles(trial.Manifest.Id, layers)], panelHeight: 290);
    }

    private static Plot Means(string trial, IReadOnlyList<LayerSeries> layers)
    {
        var panel = Panel.OverUpdates($"{trial} · mean ± standard deviation", "activation");
        if (layers.Count == 0)
            panel.NoData("no activation statistics were recorded");
        foreach (var layer in layers)
            panel.Band(layer.Updates, layer.Values(row => row.Mean - row.Sd), layer.Values(row => row.Mean + row.Sd), layer.Series);
        foreach (var layer in layers)
            panel.Curve(layer.Updates, layer.Values(row => row.Mean), layer.Series, layer.Label);
        return panel.Finish();
    }

    private static Plot Percentiles(string trial, IReadOnlyList<LayerSeries> layers)
    {
        var panel = Panel.OverUpdates($"{trial} · 98th percentile and sd", "activation");
        if (layers.Count == 0)
            panel.NoData("no activation statistics were recorded");
        foreach (var layer in layers)
        {
            panel.Markers(layer.Updates, layer.Values(row => row.P98), layer.Series, layer.Label);
            panel.Curve(layer.Updates, layer.Values(row => row.Sd), layer.Series, null, hasMarkers: false);
        }
        if (layers.Count > 0)
        {
            panel.IncludeZero(layers.SelectMany(layer => layer.Values(row => row.P98).Concat(layer.Values(row => row.Sd))));
            panel.AddToLegend("98th pct.", Colors.Gray, MarkerShape.FilledCircle, 0);
            panel.AddToLegend("sd", Colors.Gray, MarkerShape.None, 2);
        }
        return panel.Finish();
    }
}
