using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>A trial that does not learn has weight gradients of exactly 0 in every hidden layer at the last record: nothing there moves any more.</summary>
internal static class ZeroGradients
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO309", "zero-gradients", FaultLabel.Vanishing)
    {
        Find = Find,
        Lacks = trial => trial.Network.Depth > 0 && trial.Last(Quantity.WeightGradient).Count == 0 ? "weight gradients were not recorded" : null,
        ConsequenceOf = ["output-activation-wrong", "outputs-count-wrong", "cost-wrong", "dead-units", "symmetric-units", "inputs-unscaled", "init-too-large"],
        Mechanism = "A gradient of 0 moves no weight, whatever the learning rate.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var last = trial.Last(Quantity.WeightGradient);
        // A dead layer is reason enough.
        if (last.Count == 0 || StuckAtChance.IsBlocked(trial) || Learning.Find(trial) is not null || last.Any(row => row is not { Mean: 0, Sd: 0 }))
            return null;
        return new(
            Rule.Name,
            $"All weight gradients of {LayersUpTo(trial.Network.Depth)} are 0 at update {Whole(last[0].Update)}, so these weights do not move, whatever the "
                + "learning rate.",
            new Dictionary<string, double> { ["update"] = last[0].Update, ["layers"] = trial.Network.Depth })
        {
            Confidence = 0.85, Layers = [.. last.Select(row => row.Layer)],
        };
    }
}
