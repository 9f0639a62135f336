using Sonde.Figures.Drawing;
using Sonde.Probes;

namespace Sonde.Paper.Figures;

/// <summary>Mean of the activations of each hidden layer of a sigmoid network over training, with vertical bars of one standard deviation
/// [Glorot2010, fig. 2].</summary>
public sealed class MeansAndSds : PaperFigure
{
    private static readonly ModelRow Sigmoid = new("sigmoid", "standard");

    /// <inheritdoc/>
    public override string Name => "figure-2";

    /// <inheritdoc/>
    public override string Title => "Figure 2: activations of a sigmoid network of depth four";

    /// <inheritdoc/>
    public override string Explanation =>
        "Mean of the activations of each hidden layer, with bars of one standard deviation either way, while a network of sigmoids learns. In the paper "
        + "the top layer (4) falls to 0 at once and leaves it around epoch 100; the others stay above 0.5, the lower the layer the less. Several seeds: their "
        + "mean, their range as a band.";

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var model = Sigmoid.FindIn(models);
        var panel = Panel.OverEpochs($"{Sigmoid.Words}: mean and standard deviation", "activation value");
        if (model is null)
            panel.NoData(Sigmoid.Missing);
        else
        {
            var layers = Enumerable.Range(1, model.Depth).Select(layer => (
                Series: layer - 1, Mean: model.Series(layer, Quantity.Activation, row => row.Mean),
                Sd: model.Series(layer, Quantity.Activation, row => row.Sd))).ToList();
            foreach (var (series, mean, sd) in layers)
                panel.Bars(mean.Xs, [.. mean.Mean.Zip(sd.Mean, (m, s) => m - s)], [.. mean.Mean.Zip(sd.Mean, (m, s) => m + s)], series, layers.Count);
            foreach (var (series, mean, _) in layers)
                panel.Curve(mean, series, $"layer {series + 1}");
            if (layers.All(layer => layer.Mean.Xs.Length == 0))
                panel.NoData("no activation statistics were recorded");
            else
                panel.Between(-0.05, 1.05);
        }
        return new(Name, Title, Explanation, [panel.Finish()], panelWidth: PaperLayout.Width, panelHeight: 380);
    }
}
