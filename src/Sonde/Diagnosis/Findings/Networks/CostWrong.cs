using Sonde.Data;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>The cost does not fit the task, the targets or the output.</summary>
internal static class CostWrong
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO201", "cost-wrong", FaultLabel.CostWrong)
    {
        Find = Find, IsStatic = true, Lacks = TaskFit.Lacks,
        Mechanism = "The gradient of a cost is what the network learns from; one made for other targets has its minimum, or its flat parts, elsewhere.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial) =>
        TaskFit.FindIn(trial) is { } fit && Say(fit, trial.Fit) is var (sentence, confidence)
            ? new(Rule.Name, sentence, new Dictionary<string, double>()) { Confidence = confidence, Layers = [trial.Network.Depth + 1] } : null;

    private static (string, double)? Say(TaskFit fit, TrialFit trial)
    {
        if (fit.Task == TargetKind.Values)
            return fit.IsOfClasses || fit.Cost.Name is "bce" or "bce-logits" && fit is not { Low: >= 0, High: <= 1 }
                ? ($"Targets are numbers, and {fit.Cost} compares probabilities. Use cost: mse.", 0.96)
                : fit is { Cost.Name: "poisson", Low: < 0 } ? ("The cost poisson is made for counts, and some targets are negative. Use cost: mse.", 0.96)
                : fit.Cost.Name == "poisson" && fit.Limits.Lower < 0
                    ? ($"The cost poisson takes the logarithm of an output, and {fit.Output} can be negative. Use output: softplus, or cost: mse.", 0.8) : null;
        if (fit.Cost.Name == "poisson")
            return ("The cost poisson is made for counts, and these targets are answers. Use cost: nll for classes, bce for yes or no.", 0.85);
        if (fit.Task == TargetKind.YesNo && fit.IsOfClasses)
            return fit.Outputs == 1 ? ($"The cost {fit.Cost} compares classes, and there is one output: it costs nothing. Use cost: bce.", 0.95)
                : ($"The cost {fit.Cost} is for one class of several, and these are independent answers of yes or no. Use cost: bce.", 0.8);
        if (fit is { Output.IsSoftmax: true, Outputs: > 2, Cost.Name: "bce" or "bce-logits" })
            return ($"The cost {fit.Cost} takes each output of the softmax for a yes or no of its own. Use cost: nll.", trial.IsPoor ? 0.6 : 0.45);
        if (fit is { Output.IsSoftmax: true, Outputs: > 1, Cost.Name: "mae" })
            return ("The gradient of mae is the same for nearly right and quite wrong answers, and a softmax flattens it. Use cost: nll.", trial.IsPoor ? 0.9
                : 0.6);
        // The paper's own comparison (section 4.1): a quadratic cost on probabilities has plateaus, and still learns.
        return fit is { Output.IsSoftmax: true, Outputs: > 1 } && fit.IsDistance
            ? ($"The cost {fit.Cost} of probabilities is flat where the answer is quite wrong. Use cost: nll.", trial.IsPoor ? 0.6 : 0.4)
            : fit is { Task: TargetKind.YesNo or TargetKind.Classes, Output.Name: "sigmoid" } && fit.IsDistance
            ? ($"The cost {fit.Cost} of a sigmoid is flat where the answer is quite wrong. Use cost: bce.", trial.IsPoor ? 0.55 : 0.35) : null;
    }
}
