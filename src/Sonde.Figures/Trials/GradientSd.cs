using ScottPlot;
using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Draws, for each hidden layer over updates, the standard deviation of weight gradients [Glorot2010, fig. 9] or of back-propagated gradients
/// [Glorot2010, section 4.3], on a logarithmic axis.</summary>
/// <param name="quantity"><see cref="Quantity.WeightGradient"/> or <see cref="Quantity.BackpropagatedGradient"/>.</param>
internal sealed class GradientSd(string quantity) : TrialFigure
{
    /// <inheritdoc/>
    public override string Name => QuantityText.Stem(quantity) + "-sd";

    /// <inheritdoc/>
    public override string Title => $"{QuantityText.Heading(quantity)}s over training";

    /// <inheritdoc/>
    public override string Explanation => quantity == Quantity.WeightGradient
        ? "Standard deviation of the weight gradients of each hidden layer (paper, figure 9)."
        : "Standard deviation of the back-propagated gradients of each hidden layer (paper, section 4.3).";

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var words = QuantityText.Words(quantity);
        var panel = Panel.OverUpdates($"{trial.Manifest.Id} · sd of {words}s", $"sd of {words} (log)");
        var layers = LayerSeries.Read(trial, quantity);
        var positive = layers.SelectMany(layer => layer.Values(row => row.Sd)).Where(sd => sd > 0 && double.IsFinite(sd)).ToList();
        if (positive.Count == 0)
        {
            if (layers.Any(layer => layer.Rows.Any(row => row.Sd == 0)))
                panel.Message($"all 0: every recorded sd of {words}s is 0");
            else
                panel.NoData($"no {words} statistics were recorded");
            return new(Name, Title, Explanation, [panel.Finish()], panelHeight: 330);
        }
        foreach (var layer in layers)
            panel.Curve(layer.Updates, LogAxis.Log10(layer.Values(row => row.Sd)), layer.Series, LayerSentences.LabelWithZeros(layer, row => row.Sd));
        var facts = TrialFacts.Of(trial.Manifest);
        var begin = facts.Begin;
        // Theory describes the network as initialized, so it is drawn only if that network was recorded.
        var predicted = layers[0].Rows[0].Update == begin ? Predicted(trial) : [];
        for (var k = 0; k < predicted.Count; k++)
            panel.Ring(begin, Math.Log10(predicted[k]), k);
        if (predicted.Count > 0)
            panel.AddToLegend("predicted", Colors.Gray, MarkerShape.OpenCircle, 0);
        LogAxis.Apply(panel.Plot, positive.Concat(predicted).Min(), positive.Concat(predicted).Max());
        var rings = predicted.Count == 0 ? "" : $" Rings: the prediction of theory at {(begin == 0 ? "update 0" : "initialization, before pre-training")}.";
        var before = begin < 0 ? " Before update 0 they are gradients of the supervised cost, which pre-training does not follow." : "";
        var numbers = LayerSentences.FirstAndLast("Sd", facts, layers, row => row.Sd, hasFactor: true) + LayerSentences.Zeros(layers, row => row.Sd);
        return new(Name, Title, Explanation + numbers + before + rings, [panel.Finish()], panelHeight: 330);
    }

    /// <summary>Returns the predicted sd of each hidden layer at initialization; empty if there is no forecast.</summary>
    private List<double> Predicted(RecordedTrial trial)
    {
        var layers = TrialForecast.Of(trial)?.MeanField.SkipLast(1) ?? [];
        var sds = layers.Select(layer => quantity == Quantity.WeightGradient ? layer.WeightGradientSd : layer.BackpropagatedGradientSd).ToList();
        return sds.TrueForAll(sd => sd > 0 && double.IsFinite(sd)) ? sds : [];
    }
}
