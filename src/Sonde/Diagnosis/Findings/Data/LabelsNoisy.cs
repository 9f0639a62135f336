using Sonde.Data;
using Sonde.Diagnosis.Findings.Networks;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>The network stops far above an error of 0, and so do neighbours: the inputs tell the class in part only. A remark, as labels may be wrong, or the
/// inputs may miss something.</summary>
internal static class LabelsNoisy
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO111", "labels-noisy", FaultLabel.LabelsBroken)
    {
        Find = Find, Lacks = InputsTellNothing.Lacks,
        Mechanism = "If many labels are wrong, the error cannot fall below their share, and what is learnt longer is learnt by heart.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var fit = trial.Fit;
        if (trial.Network.Task != TargetKind.Classes || fit.KnownShare is not { } known || trial.ChanceError is not (> 0 and var chance)
            || fit.TestErrors.Count < 4 || CapacitySmall.Find(trial) is not null)
            return null;
        var best = fit.TestErrors.Min(point => point.Error) / chance;
        if (best is < 0.35 or > 0.9 || known < 0.8 * best || fit.LateFall > 0.15)
            return null;
        return new(
            Rule.Name,
            $"The inputs tell the class in part only: the test error was never below {PerCent(best * chance)}, and neighbours do no better. Check some labels "
                + $"by eye.",
            new Dictionary<string, double> { ["bestShare"] = best, ["knownShare"] = known })
        {
            Confidence = 0.45, Layers = [trial.Network.Depth + 1],
            LastUpdate = trial.Updates
        };
    }
}
