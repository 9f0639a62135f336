using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Some quantity of some layer had values that were NaN or infinite.</summary>
internal static class NonFiniteValues
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO006", "non-finite-values", FaultLabel.NonFinite)
    {
        Find = Find,
        ConsequenceOf = ["inputs-unscaled", "targets-unscaled", "init-too-large", "rate-high", "exploding-activations", "cost-wrong", "momentum-strong",
            "regularization-strong"],
        Mechanism = "One NaN or infinity spreads through every product that it meets, so nothing after it can be learnt.",
    };

    /// <summary>Finds the first update with such values, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        string[] quantities = [Quantity.Activation, Quantity.Preactivation, Quantity.BackpropagatedGradient, Quantity.WeightGradient, Quantity.Weight];
        var first = quantities.SelectMany(quantity => Enumerable.Range(1, trial.Network.Depth + 1).SelectMany(layer => trial.Rows(quantity, layer)))
            .Where(row => row.NonFinite > 0).MinBy(row => row.Update);
        if (first is null)
            return trial.Divergence is { Quantity: not "input" } broken ? new(
                Rule.Name, $"The numbers broke: {broken.Sentence}.", new Dictionary<string, double> { ["update"] = Math.Max(0, broken.Update) })
            {
                Layers = broken.Layer is { } layer ? [layer] : [],
            } : null;
        return new(
            Rule.Name,
            $"The numbers broke: {Whole(first.NonFinite)} values of the {first.Quantity} of layer {first.Layer} are not finite at update "
                + $"{Whole(first.Update)}.",
            new Dictionary<string, double> { ["update"] = first.Update, ["layer"] = first.Layer, ["nonFinite"] = first.NonFinite });
    }
}
