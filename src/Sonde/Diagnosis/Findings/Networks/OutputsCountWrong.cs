using Sonde.Data;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>There are too few or too many output units for the task.</summary>
internal static class OutputsCountWrong
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO203", "outputs-count-wrong", FaultLabel.OutputsCountWrong)
    {
        Find = Find, IsStatic = true,
        Lacks = trial => trial.Network.Outputs is null ? "the number of outputs is not recorded" : null,
        Mechanism = "One number cannot choose among several classes that have no order; units without a class of their own only take probability away.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (TaskFit.FindIn(trial) is not { Outputs: { } outputs, Classes: > 1 and var classes, Task: TargetKind.Classes } fit)
            return null;
        var evidence = new Dictionary<string, double> { ["outputs"] = outputs, ["classes"] = classes };
        return outputs == 1 && classes > 2
            ? new(Rule.Name, $"One output cannot choose among {classes} classes. Use an output for each, with output: softmax.", evidence)
            { Confidence = 0.96, Layers = [trial.Network.Depth + 1] }
            : outputs > classes ? new(Rule.Name, $"There are {Whole(outputs)} outputs for {classes} classes, so {Whole(outputs - classes)} are never right.",
                evidence)
            { Confidence = fit.Output.IsSoftmax && outputs <= 2 * classes ? 0.5 : 0.7, Layers = [trial.Network.Depth + 1] } : null;
    }
}
