using Sonde.Probes;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>All training examples have the same target.</summary>
internal static class LabelsConstant
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO107", "labels-constant", FaultLabel.LabelsBroken)
    {
        Find = Find, IsStatic = true, Lacks = LabelsImbalanced.Lacks, ConsequenceOf = ["split-mismatch"],
        Mechanism = "If the answer is always the same, the output biases are all that is learnt.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var isConstant = trial.Row(Quantity.TrainClassShare) is { Count: > 1, Max: >= 0.9999 } || trial.Row(Quantity.Target) is { Count: > 1, Sd: 0 };
        return !isConstant ? null : new(
            Rule.Name, "All training examples have the same target, so there is nothing to learn. Check how the targets are read and coded.",
            new Dictionary<string, double>
            { ["target"] = trial.Row(Quantity.Target)?.Mean ?? double.NaN }.Where(pair => !double.IsNaN(pair.Value)).ToDictionary())
        {
            Confidence = 0.97, Layers = [trial.Network.Depth + 1],
        };
    }
}
