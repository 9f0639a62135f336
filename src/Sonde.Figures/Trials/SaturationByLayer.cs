using Sonde.Analysis.Trials;
using Sonde.Figures.Drawing;
using Sonde.Networks;
using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.Figures.Trials;

/// <summary>Draws the share of saturated activations of each hidden layer over updates. For an activation with one limit, such as relu, it draws the
/// share of activations near that limit and does not call them saturated.</summary>
internal sealed class SaturationByLayer : TrialFigure
{
    // The axis reaches at least this many per cent, so that a little saturation does not look like much.
    private const double LeastTop = 10;

    /// <inheritdoc/>
    public override string Name => "saturation";

    /// <inheritdoc/>
    public override string Title => "Saturated activations";

    /// <inheritdoc/>
    public override string Explanation => "Share of saturated activations of each hidden layer. (Figure 3 of the paper shows saturation by percentiles.)";

    /// <inheritdoc/>
    public override FigureFile Draw(RecordedTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        var facts = TrialFacts.Of(trial.Manifest);
        var activation = facts.Network.SharedActivation;
        var isOneSided = activation is not null && HasOneLimit(activation);
        var title = isOneSided ? "Activations near the limit" : Title;
        var panel = Panel.OverUpdates($"{facts.Id} · {title.ToLowerInvariant()}", isOneSided ? "near the limit (%)" : "saturated (%)");
        var layers = LayerSeries.Read(trial, Quantity.Activation).Where(IsShown).ToList();
        // Without a lower limit nothing is counted, and a curve at 0 % would be no measurement.
        if (activation is { Lower: null })
            layers = [];
        if (layers.Count == 0)
            panel.NoData(activation switch
            {
                { Lower: null, Upper: null } => $"{facts.Activation} is unbounded and never saturates",
                { Lower: null } => $"{facts.Activation} has no lower limit, so saturation is not counted",
                _ => "no saturated shares were recorded",
            });
        foreach (var layer in layers)
            panel.Curve(layer.Updates, layer.Values(PerCent), layer.Series, layer.Label);
        if (layers.Count > 0)
            panel.IncludeZero(layers.SelectMany(layer => layer.Values(PerCent)).Append(LeastTop));
        var rule = activation is null || isOneSided ? "" : $" Saturated means {activation.SaturationRule}.";
        var numbers = LayerSentences.FirstAndLast(isOneSided ? "Share" : "Saturated", facts, layers, PerCent, FigureNumber.PerCent);
        return new(Name, title, (isOneSided ? OneSided(activation!) : Explanation) + rule + numbers + LeftOut(facts), [panel.Finish()], panelHeight: 330);

        // Beside layers that saturate, zeros of relu would look like saturation.
        bool IsShown(LayerSeries layer) => layer.Rows.Any(row => row.Saturated is not null)
            && (facts.Network.Activations.Count == 0 || isOneSided || facts.Network.ActivationOf(layer.Rows[0].Layer) is { Saturates: true });
    }

    // Layers of their own activation that do not saturate, beside others that do.
    private static string LeftOut(TrialFacts facts)
    {
        var others = Enumerable.Range(1, facts.Depth).Where(layer => facts.Network.ActivationOf(layer) is { Saturates: false })
            .Select(layer => $"layer {layer} ({facts.Network.ActivationOf(layer)})").ToList();
        return facts.Network.SharedActivation is not null || others.Count == 0 ? ""
            : $" Not drawn, because they do not saturate: {string.Join(", ", others)}.";
    }

    /// <summary>True for an activation with a lower limit alone. Its values near the limit are no fault: a relu unit is off for many examples.</summary>
    public static bool HasOneLimit(Activation activation) => activation is { Lower: not null, Upper: null };

    private static string OneSided(Activation activation) =>
        $"Share of the activations of each hidden layer within 0.05 of {FigureNumber.TwoDigits(activation.Lower!.Value)}, the lower limit of "
        + $"{activation.Name}: units that are off for an example, and small activations. A large share is usual and not called saturation.";

    private static double PerCent(LayerStatistics row) => 100 * row.Saturated ?? double.NaN;
}
