using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Steps;

/// <summary>Steps are so large that the cost jumps, rises, or stops being a number.</summary>
internal static class RateHigh
{
    /// <summary>sd of an update over sd of the weights from which on a step is large.</summary>
    public const double LeastRatio = SuddenBreak.LargeStep;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO401", "rate-high", FaultLabel.RateHigh)
    {
        Find = Find,
        ConsequenceOf = ["data-non-finite", "inputs-unscaled", "inputs-uncentred", "targets-unscaled", "init-too-large", "cost-wrong", "momentum-strong",
            "regularization-strong", "symmetric-units", "labels-constant", "inputs-constant", "split-mismatch"],
        Lacks = trial => StepHistory.FindIn(trial) is null && trial.Fit.Costs.Count < 3 ? "neither the sizes of updates nor the cost were recorded" : null,
        Mechanism = "A step longer than the curvature allows ends higher than it began: the cost swings, units saturate or die, and at worst numbers overflow.",
        Source = "[LeCun1998b]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var (largest, fit) = (StepHistory.FindIn(trial)?.Largest(trial.Network.Depth), trial.Fit);
        // Before the first update nothing has moved, and data that is not finite breaks numbers at any rate.
        var broke = trial.Divergence is { IsInData: false, Update: not 0 } && DataNonFinite.Find(trial) is null && !SuddenBreak.Is(trial);
        var step = largest?.Mean ?? 0;
        var (rise, restless) = (fit.Rise ?? 1, fit.Restlessness ?? 0);
        // A cost of which nothing remained lower than the start has not learned in between, whatever its noise.
        var climbs = SuddenBreak.Climbs(trial);
        var confidence = broke ? 0.8
            : step >= LeastRatio && (climbs || rise > 1.3 || restless > 0.25 || fit.IsPoor) ? Evidence.Rising(step, LeastRatio, 1, 0.65, 0.92)
            : climbs ? 0.75
            : rise > 2 && restless > 0.3 && fit.IsPoor ? 0.6 : 0;
        if (confidence == 0)
            return null;
        var seen = step >= LeastRatio
            ? $"at update {Whole(largest!.Update)} one update changes the weights of layer {largest.Layer} by "
                + $"{(step < 1 ? $"{Share(step)} of" : $"{Times(step)} times")} their sd, where a thousandth is usual"
            : broke ? $"training diverged at {trial.Step} {Whole(trial.Divergence!.Update)}"
            : $"the cost ends at {Times(rise)} times its lowest value";
        return new(Rule.Name, $"Steps are too large: {seen}. Use a smaller learning rate.",
            new Dictionary<string, double> { ["ratio"] = step, ["costRise"] = rise, ["restlessness"] = restless })
        {
            Confidence = broke && step >= LeastRatio ? 0.95 : confidence, Layers = step >= LeastRatio ? [largest!.Layer] : [],
            FirstUpdate = step >= LeastRatio ? largest!.Update : 0, LastUpdate = trial.Updates,
            // Nothing in the curves says so too: the network does badly, which may have another reason.
            IsGuess = !broke && !climbs && !(rise > 1.3) && !(restless > 0.25),
        };
    }
}
