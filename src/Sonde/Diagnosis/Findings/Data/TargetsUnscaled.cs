using Sonde.Data;
using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>Targets that are numbers are far larger, or far smaller, than the outputs of a fresh network.</summary>
internal static class TargetsUnscaled
{
    /// <summary>A fresh network's outputs are within about 1 of 0; targets beyond these are out of its reach for long.</summary>
    public const double Most = 8, Least = 0.02;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO106", "targets-unscaled", FaultLabel.TargetsUnscaled)
    {
        Find = Find, IsStatic = true,
        Lacks = trial => trial.Network.Task == TargetKind.Values && trial.Row(Quantity.Target) is null ? "the targets were not recorded" : null,
        Mechanism = "The gradient grows with the distance of targets from outputs: a rate that suits it at the start is wrong later, and weights must grow to "
            + "reach "
            + "the targets.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Network.Task != TargetKind.Values || trial.Row(Quantity.Target) is not { Sd: > 0 } targets)
            return null;
        var size = Math.Sqrt(targets.Mean * targets.Mean + targets.Sd * targets.Sd);
        if (size is >= Least and <= Most)
            return null;
        return new(
            Rule.Name,
            $"Targets are not scaled: they go from {Number(targets.Min)} to {Number(targets.Max)}, with a mean of {Number(targets.Mean)} and an sd of "
                + $"{Number(targets.Sd)}. Outputs start near 0. Scale targets to a mean of 0 and an sd of 1.",
            new Dictionary<string, double> { ["min"] = targets.Min, ["max"] = targets.Max, ["mean"] = targets.Mean, ["sd"] = targets.Sd })
        {
            Confidence = size > Most ? Evidence.Rising(size, Most, 50, 0.6) : Evidence.Rising(size, Least, 0.005, 0.5, 0.8), Layers = [trial.Network.Depth + 1],
        };
    }
}
