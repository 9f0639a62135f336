using Sonde.Diagnosis.Findings.Networks;
using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Layers;

/// <summary>Pre-activations grow from layer to layer before the first update.</summary>
internal static class ExplodingActivations
{
    /// <summary>The sd of the top hidden layer's pre-activations over that of layer 1.</summary>
    public const double LeastRatio = 20;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO308", "exploding-activations", FaultLabel.Exploding)
    {
        Find = Find, ConsequenceOf = ["init-too-large"],
        Lacks = trial => trial.Network.Depth > 1 && trial.First(Quantity.Preactivation).Count == 0 ? "pre-activations were not recorded" : null,
        Mechanism = "Each layer multiplies the variance of its signal by more than 1, so outputs, and with them costs and steps, are far too large.",
        Source = "[He2015]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        // Equal weights add up what cancels otherwise: that is another fault.
        if (SymmetricUnits.Find(trial) is not null)
            return null;
        var rows = trial.First(Quantity.Preactivation);
        if (rows.Count < 2 || rows[0] is not { Update: 0, Sd: > 0 and var first } || !(rows[^1].Sd > LeastRatio * first)
            || rows[^1].Sd < first * GradientProfile.DrawSpreadOf(trial.Network))
            return null;
        var ratio = rows[^1].Sd / first;
        return new(
            Rule.Name, $"Signals explode on the way up: pre-activations of layer {rows.Count} have {Times(ratio)} times the sd of layer 1's before the first "
                + $"update.",
            new Dictionary<string, double> { ["ratio"] = ratio, ["perLayer"] = Math.Pow(ratio, 1.0 / (rows.Count - 1)) })
        {
            Confidence = Evidence.Rising(ratio, LeastRatio, 1000, 0.6, 0.95),
            Layers = [.. rows.Where(row => row.Sd > Math.Sqrt(LeastRatio) * first).Select(row => row.Layer)],
        };
    }
}
