using Sonde.Data;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>The output cannot take the values of the targets, or does not fit the cost.</summary>
internal static class OutputActivationWrong
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO202", "output-activation-wrong", FaultLabel.OutputActivationWrong)
    {
        Find = Find, IsStatic = true, Lacks = TaskFit.Lacks,
        Mechanism = "An output that cannot reach its target keeps a gradient that pushes it to its limit, where it is flat. A cost that takes outputs for "
            + "probabilities "
            + "is clipped, without a gradient, where they are none.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (TaskFit.FindIn(trial) is not { } fit || Say(fit) is not var (sentence, confidence))
            return null;
        var evidence = new Dictionary<string, double>();
        if (fit.Low is { } low && fit.High is { } high)
            (evidence["lowestTarget"], evidence["highestTarget"]) = (low, high);
        if (fit.Outputs is { } outputs)
            evidence["outputs"] = outputs;
        return new(Rule.Name, sentence, evidence) { Confidence = confidence, Layers = [trial.Network.Depth + 1] };
    }

    private static (string, double)? Say(TaskFit fit)
    {
        if (fit.Output.IsSoftmax && fit.Outputs == 1)
            return ("The softmax of one unit is always 1, whatever the network computes, so nothing can be learnt. Use output: "
                + (fit.Task == TargetKind.Values ? "linear with cost: mse." : "sigmoid with cost: bce, or one output for each class."), 0.98);
        if (fit.TakesLogits && fit.Output.Name != "linear")
            return ($"The cost {fit.Cost} applies its own non-linearity to an output that is {fit.Output} already. Use output: linear.", 0.85);
        if (fit.Task == TargetKind.Values)
            return fit.Output.IsSoftmax ? ("Targets are numbers, and the outputs of a softmax are shares of 1. Use output: linear with cost: mse.", 0.95)
                : fit.IsOutOfReach ? ($"The output {fit.Output} goes from {Limit(fit.Limits.Lower)} to {Limit(fit.Limits.Upper)}, and targets go from "
                    + $"{Number(fit.Low!.Value)} to {Number(fit.High!.Value)}. Use output: linear, or scale the targets.", 0.95) : null;
        if (fit.TakesProbabilities && !fit.Output.IsSoftmax && fit.Output.Name != "sigmoid")
            return ($"The cost {fit.Cost} takes outputs for probabilities, and {fit.Output} gives others. Use output: "
                + $"{(fit.Task == TargetKind.YesNo || fit.Outputs == 1 ? "sigmoid" : "softmax")}.", 0.95);
        if (fit.Task == TargetKind.YesNo && fit.Output.IsSoftmax && fit.Outputs > 1)
            return ("Several answers of yes or no are independent, and the outputs of a softmax share 1 among them. Use output: sigmoid.", 0.8);
        if (fit.IsOutOfReach)
            return ($"The output {fit.Output} goes from {Limit(fit.Limits.Lower)} to {Limit(fit.Limits.Upper)}, and targets go from {Number(fit.Low!.Value)} "
                + $"to "
                + $"{Number(fit.High!.Value)}. Give 1 for yes and 0 for no.", 0.95);
        if (fit is { Task: TargetKind.Classes, Outputs: > 2, Output.Name: "sigmoid" } && fit.IsOfClasses)
            return ("Each example has one class, and every sigmoid answers by itself: outputs do not compete. Use output: softmax.", 0.7);
        if (fit is { Task: TargetKind.Classes, Outputs: > 2, Output.Name: "sigmoid" })
            return ("Each example has one class, and every sigmoid answers by itself: most of the gradient says no. Use output: softmax with cost: nll.", 0.6);
        return fit is { Task: TargetKind.Classes, Output.Name: "relu" or "tanh" or "linear" } && fit.IsDistance && fit.Outputs > 1
            ? ($"Outputs of {fit.Output} are compared with 0 and 1 as numbers, which shares of classes are not. Use output: softmax with cost: nll.", 0.6)
                : null;
    }

    private static string Limit(double limit) => double.IsInfinity(limit) ? "beyond any number" : Number(limit);
}
