using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Draws the share of saturated activations of each hidden layer over updates.</summary>
internal sealed class SaturationByLayer : TrialFigure
{
    // The axis reaches at least this many per cent, so that a little saturation does not look like much.
    private const double LeastTop = 10;

    /// <inheritdoc/>
    public override string Name => "saturation";

    /// <inheritdoc/>
    public override string Title => "Saturated activations";

    /// <inheritdoc/>
    public override string Explanation =>
        "Share of saturated activations of each hidden layer. (Figure 3 of the paper shows saturation by percentiles.)";

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var facts = TrialFacts.Of(trial.Manifest);
        var panel = Panel.OverUpdates($"{facts.Id} · saturated activations", "saturated (%)");
        var layers = LayerSeries.Read(trial, Quantity.Activation).Where(layer => layer.Rows.Any(row => row.Saturated is not null)).ToList();
        if (layers.Count == 0)
            panel.NoData(facts.Setting.Activation is { Lower: null, Upper: null }
                ? $"{facts.Activation} is unbounded and never saturates"
                : "no saturated shares were recorded");
        foreach (var layer in layers)
            panel.Curve(layer.Updates, layer.Values(row => 100 * row.Saturated ?? double.NaN), layer.Series, layer.Label);
        if (layers.Count > 0)
            panel.IncludeZero(layers.SelectMany(layer => layer.Values(row => 100 * row.Saturated ?? 0)).Append(LeastTop));
        var rule = facts.Setting.Activation is { } activation ? $" Saturated means {activation.SaturationRule}." : "";
        return new(Name, Title, Explanation + rule, [panel.Finish()], panelHeight: 330);
    }
}
