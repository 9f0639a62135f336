using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Steps;

/// <summary>Updates move the weights so little that all of them together, even in one direction, leave the weights near where they began.</summary>
internal static class RateLow
{
    /// <summary>Multiples of their sd that all steps together must be able to move the weights of the quickest layer.</summary>
    public const double LeastReach = 0.6;

    /// <summary>A step of this share of the sd is a usual one: more of them are needed, not larger ones.</summary>
    public const double UsualStep = 1e-3;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO402", "rate-low", FaultLabel.RateLow)
    {
        Find = Find, IsExplainedAway = true, Lacks = StepHistory.Lacks,
        ConsequenceOf = ["output-activation-wrong", "outputs-count-wrong", "cost-wrong", "inputs-constant", "labels-constant", "symmetric-units",
            "init-too-small", "init-too-large",
            "sigmoid-layers", "dead-units", "inputs-unscaled", "saturated-at-start", "targets-unscaled",
                "activation-missing"],
        Mechanism = "Weights that hardly move cannot leave the function that they started with.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (!trial.Fit.IsPoor || StepHistory.FindIn(trial) is not { } steps || trial.Updates < 1 || steps.Reach is not (< LeastReach and var reach)
            || steps.Median is not (< UsualStep and var median))
            return null;
        // No rate moves weights whose gradients are 0.
        if (StuckAtChance.IsBlocked(trial) || reach == 0 && ZeroGradients.Find(trial) is not null)
            return null;
        return new(
            Rule.Name,
            $"Steps are too small: one update moves the weights of the quickest layer by {Share(median)} of their sd, so all {Whole(trial.Updates)} updates "
                + $"together move them by {Share(reach)} at most. Use a larger learning rate.",
            new Dictionary<string, double> { ["ratio"] = median, ["reach"] = reach, ["updates"] = trial.Updates })
        {
            Confidence = reach > 0 ? Evidence.Rising(reach, LeastReach, 0.1, 0.6, 0.92) : 0.9, LastUpdate = trial.Updates,
        };
    }
}
