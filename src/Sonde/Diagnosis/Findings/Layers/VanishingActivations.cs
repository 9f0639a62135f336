using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Layers;

/// <summary>What differs from example to example shrinks from layer to layer before the first update, so that the top hidden layer hardly sees the
/// input.</summary>
internal static class VanishingActivations
{
    /// <summary>The sd of units over examples in the top hidden layer, as a share of that in layer 1.</summary>
    public const double LeastShare = 0.05;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO307", "vanishing-activations", FaultLabel.Vanishing)
    {
        Find = Find, ConsequenceOf = ["symmetric-units", "init-too-small", "sigmoid-layers", "dead-units"],
        Lacks = trial => trial.Network.Depth > 1 && trial.First(Quantity.UnitSd).Count == 0 ? "single units were not recorded" : null,
        Mechanism = "If examples look alike to the top layer, its outputs cannot tell them apart, and the gradient of layer after layer is multiplied by "
            + "small weights.",
        Source = "[Poole2016]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var rows = trial.First(Quantity.UnitSd);
        if (rows.Count < 2 || rows[0] is not { Update: 0, Mean: > 0 and var first } || !(rows[^1].Mean < LeastShare * first)
            || rows[^1].Mean > first / GradientProfile.DrawSpreadOf(trial.Network))
            return null;
        var share = rows[^1].Mean / first;
        return new(
            Rule.Name,
            $"Signals fade on the way up: units of layer {rows.Count} vary over examples by {Number(rows[^1].Mean)}, those of layer 1 by {Number(first)}, "
                + $"before the first "
                + "update.",
            new Dictionary<string, double> { ["share"] = share, ["perLayer"] = Math.Pow(share, 1.0 / (rows.Count - 1)) })
        {
            Confidence = share == 0 ? 0.9 : Evidence.Rising(share, LeastShare, 1e-3, 0.55, 0.9),
            Layers = [.. rows.Where(row => row.Mean < Math.Sqrt(LeastShare) * first).Select(row => row.Layer)],
        };
    }
}
