using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Steps;

/// <summary>One learning rate for all weights does not fit a network whose layers have very unequal gradients.</summary>
internal static class OptimizerWrong
{
    /// <summary>Largest over smallest sd of weight gradients among hidden layers.</summary>
    public const double LeastSpread = 30;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO406", "optimizer-wrong", FaultLabel.OptimizerWrong)
    {
        Find = Find, IsExplainedAway = true, Lacks = trial => trial.Training.Optimizer is null ? "the optimizer is not recorded" : null,
        ConsequenceOf = ["vanishing-gradients", "exploding-gradients", "init-too-small", "init-too-large", "sigmoid-layers", "inputs-unscaled",
            "saturated-at-start", "symmetric-units", "dead-units"],
        Mechanism = "Plain descent moves each weight in proportion to its gradient; an optimizer that divides by the size of past gradients moves all layers.",
        Source = "[Kingma2015]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (!trial.Fit.IsPoor)
            return null;
        var gradients = trial.Last(Quantity.WeightGradient).Select(row => row.Sd).ToList();
        if (trial.Training.Optimizer is not ("sgd" or "momentum" or "nesterov") || gradients.Count < 2 || !(gradients.Min() > 0)
            || gradients.Max() / gradients.Min() is not (> LeastSpread and var spread))
            return null;
        return new(
            Rule.Name,
            $"Weight gradients of hidden layers differ by a factor {Times(spread)}, and {trial.Training.Optimizer} gives all of them one learning rate. Use "
                + $"adam.",
            new Dictionary<string, double> { ["spread"] = spread })
        {
            Confidence = Evidence.Rising(spread, LeastSpread, 1000, 0.4, 0.6),
            LastUpdate = trial.Updates
        };
    }
}
