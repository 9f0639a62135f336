using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>The network has far more weights than there are targets to learn, and learns its examples by heart.</summary>
internal static class CapacityLarge
{
    /// <summary>Weights for each target from which on they are many.</summary>
    public const double LeastPerTarget = 20;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO211", "capacity-large", FaultLabel.CapacityLarge)
    {
        Find = Find, ConsequenceOf = ["inputs-no-signal", "labels-shuffled", "labels-noisy", "split-mismatch", "labels-constant", "inputs-duplicated"],
        Lacks = trial => trial.Training.Examples is null ? "the number of training examples is not recorded, or they never end" : Overfit.Lacks(trial),
        Mechanism = "With many weights for each target there are many ways to fit the training examples, and few of them hold for others.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var network = trial.Network;
        if (trial.Training.Examples is not (> 0 and var examples) || Overfit.Find(trial) is not { IsSaid: true } || network.Outputs is not { } outputs)
            return null;
        var weights = 0.0;
        for (var layer = 1; layer <= network.Depth + 1; layer++)
            weights += (double)(network.FanIn(layer) ?? 0) * (network.FanOut(layer) ?? 0);
        var perTarget = weights / (examples * outputs);
        if (perTarget < LeastPerTarget)
            return null;
        return new(
            Rule.Name,
            $"The network has {Times(weights)} weights for {Whole(examples)} training examples and learns them by heart. Use fewer units, dropout or more "
                + $"examples.",
            new Dictionary<string, double> { ["weights"] = weights, ["examples"] = examples, ["perTarget"] = perTarget })
        {
            Confidence = Evidence.Rising(perTarget, LeastPerTarget, 200, 0.5, 0.7), LastUpdate = trial.Updates,
        };
    }
}
