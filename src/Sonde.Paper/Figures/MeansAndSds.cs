using Sonde.Figures.Drawing;
using Sonde.Paper.Curves;
using Sonde.Paper.Models;
using Sonde.Probes;

namespace Sonde.Paper.Figures;

/// <summary>Draws the mean of the activations of each hidden layer of a sigmoid network over training, with vertical bars of one standard deviation
/// [Glorot2010, fig. 2].</summary>
internal sealed class MeansAndSds : PaperFigure
{
    // The paper's axis ends at epoch 140.
    private const long PaperEnd = 140 * 20_000;

    /// <inheritdoc/>
    public override string Name => "figure-2";

    /// <inheritdoc/>
    public override string Title => "Figure 2: activations of a sigmoid network of depth four";

    /// <inheritdoc/>
    public override string Explanation =>
        "Mean activation of each hidden layer, with bars of one standard deviation either way, during the training of a sigmoid network. In the paper "
            + "the top "
        + "layer (4) falls to 0.15 by epoch 2 and 0.04 by epoch 10, and leaves 0 around epoch 100; the other layers stay above 0.5, lower layers closer "
        + "to it. "
        + "Rings: the paper's mean of layer 4. With several seeds: mean, and range as a band. Runs of less than a quarter of the paper's 140 epochs are "
        + "shown "
        + "on an axis of their own length.";

    /// <inheritdoc/>
    public override FigureFile Draw(IReadOnlyList<ModelTrials> models)
    {
        ArgumentNullException.ThrowIfNull(models);
        var model = PaperModel.Sigmoid.FindIn(models);
        var panel = Panel.OverEpochs($"{PaperModel.Sigmoid.Words}: mean and standard deviation", "activation value");
        if (model is null)
            panel.NoData(PaperModel.Sigmoid.Missing);
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
            {
                Ghosts.Add(panel, layers.Max(layer => layer.Mean.Xs.DefaultIfEmpty().Max()), PaperEnd,
                    [.. Enumerable.Range(1, model.Depth).Select(layer => (PaperCurves.Find("2", $"layer-{layer}-mean"), layer - 1))], null);
                panel.Between(-0.02, 1.02);
            }
        }
        return new(Name, Title, Explanation, [panel.Finish()], panelWidth: PaperLayout.Width, panelHeight: 380);
    }
}
