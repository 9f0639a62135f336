using Sonde.Diagnosis.Findings.Networks;
using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Layers;

/// <summary>With an activation that has two limits: much of a hidden layer is on its flat ends before the first update.</summary>
internal static class SaturatedAtStart
{
    /// <summary>Pre-activations of sd 1 saturate 14 % of tanh units; this share needs an sd above 2.</summary>
    public const double LeastShare = 0.4;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO301", "saturated-at-start", FaultLabel.SaturatedAtStart)
    {
        Find = Find, ConsequenceOf = ["inputs-unscaled", "inputs-uncentred", "init-too-large"],
        Lacks = trial => trial.IsPretrained ? "pre-training came before update 0"
            : trial.Network.Depth > 0 && trial.Rows(Quantity.Activation, 1) is not [{ Update: 0 }, ..] ? "activations at update 0 were not recorded" : null,
        Mechanism = "A unit on a flat end of its activation passes hardly any gradient, so the layers below it learn slowly or not at all.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        // Equal weights add up what cancels otherwise: that is another fault.
        if (SymmetricUnits.Find(trial) is not null)
            return null;
        var rows = Enumerable.Range(1, trial.Network.Depth).Where(layer => trial.Network.ActivationOf(layer) is { Saturates: true })
            .Select(layer => trial.Rows(Quantity.Activation, layer)).Where(rows => rows is [{ Update: 0, Saturated: > LeastShare },
                ..]).Select(rows => rows[0]).ToList();
        if (rows.MaxBy(row => row.Saturated) is not { Saturated: { } share } most || trial.IsPretrained)
            return null;
        return new(
            Rule.Name, $"Layer {most.Layer} is saturated from the start: {Share(share)} of its activations are on a flat end before the first update.",
            new Dictionary<string, double> { ["layer"] = most.Layer, ["saturated"] = share })
        {
            Confidence = Evidence.Rising(share, LeastShare, 0.8, 0.6, 0.95), Layers = [.. rows.Select(row => row.Layer)],
        };
    }
}
