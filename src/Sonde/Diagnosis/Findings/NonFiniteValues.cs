using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>Some quantity of some layer had values that were NaN or infinite.</summary>
internal static class NonFiniteValues
{
    private static readonly (string Quantity, string Words)[] Searched =
    [
        (Quantity.Activation, "activations"), (Quantity.Preactivation, "pre-activations"), (Quantity.BackpropagatedGradient, "back-propagated gradients"),
        (Quantity.WeightGradient, "weight gradients"), (Quantity.Weight, "weights"),
    ];

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO006", "non-finite-values", FaultLabel.NonFinite)
    {
        Find = Find,
        ConsequenceOf = ["data-non-finite", "inputs-unscaled", "targets-unscaled", "init-too-large", "rate-high", "exploding-activations", "cost-wrong",
            "momentum-strong", "regularization-strong"],
        Mechanism = "One NaN or infinity spreads through every product that it meets, so nothing after it can be learnt.",
    };

    /// <summary>Finds the first update with such values, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var first = Searched.SelectMany(searched => Enumerable.Range(1, trial.Network.Depth + 1).SelectMany(layer => trial.Rows(searched.Quantity, layer))
            .Select(row => (searched.Words, Row: row))).Where(pair => pair.Row.NonFinite > 0).OrderBy(pair => pair.Row.Update).FirstOrDefault();
        if (first.Row is { } row)
            return Of(
                trial, $"{Whole(row.NonFinite)} of the {first.Words} of layer {row.Layer} are NaN or infinite at update {Whole(row.Update)}",
                new() { ["update"] = row.Update, ["layer"] = row.Layer, ["nonFinite"] = row.NonFinite }, []);
        return trial.Divergence is { IsInData: false } broken
            ? Of(trial, broken.Sentence, new() { ["update"] = Math.Max(0, broken.Update) }, broken.Layer is { } layer ? [layer] : []) : null;
    }

    private static Finding Of(TrialHistory trial, string where, Dictionary<string, double> evidence, int[] layers)
    {
        var advice = SuddenBreak.Is(trial) && DataNonFinite.Find(trial) is null
            ? "Until then steps were small and the cost did not rise, so look at the data first, then for log(0), 0/0 or sqrt(0) in the program's cost." : "";
        return new(Rule.Name, $"The numbers broke: {where}.{(advice.Length > 0 ? $" {advice}" : "")}", evidence) { Advice = advice, Layers = layers };
    }
}
