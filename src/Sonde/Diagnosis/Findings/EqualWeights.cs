using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>A trial that does not learn began with equal weights in every layer: all units of a hidden layer are alike and stay alike.</summary>
internal static class EqualWeights
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO208", "equal-weights", FaultLabel.SymmetricUnits)
    {
        Find = Find,
        Mechanism = "Units that start alike get the same gradients and stay alike: the layer computes as much as a single unit.",
    };

    /// <summary>Finds it in a trial, or returns null; needs the weights of every layer at the first record.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var first = Enumerable.Range(1, trial.Network.Depth + 1).Select(layer => trial.Rows(Quantity.Weight, layer)).ToList();
        if (trial.Network.Depth == 0 || Learning.Find(trial) is not null || first.Exists(rows => rows is not [var row, ..] || row.Min != row.Max))
            return null;
        return new(
            Rule.Name,
            $"At the start all weights of a layer are equal ({Number(first[0][0].Mean)} in layer 1), so units of a hidden layer with equal biases compute the "
                + "same, and learn the same. Random weights change that.",
            new Dictionary<string, double> { ["weight"] = first[0][0].Mean, ["update"] = first[0][0].Update });
    }
}
