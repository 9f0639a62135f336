using Sonde.Data;
using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>One class has nearly all training examples.</summary>
internal static class LabelsImbalanced
{
    /// <summary>A class with at least this share of the examples rules.</summary>
    public const double LeastShare = 0.88;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO109", "labels-imbalanced", FaultLabel.LabelsImbalanced)
    {
        Find = Find, Lacks = Lacks, ConsequenceOf = ["labels-constant"],
        Mechanism = "Always giving the commonest class is right so often that the gradient of the rare ones hardly counts.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (LabelsConstant.Find(trial) is not null || Commonest(trial) is not (>= LeastShare and var share))
            return null;
        return new(
            Rule.Name, $"One {(trial.Network.Task == TargetKind.Classes ? "class" : "answer")} has {PerCent(100 * share)} of the training examples, so that "
                + "always giving it is nearly right. Use training.classWeights: balanced, or draw the others more often.",
            new Dictionary<string, double> { ["commonestShare"] = share })
        {
            Confidence = Evidence.Rising(1 - share, 1 - LeastShare, 0.03, 0.6, 0.9),
            Layers = [trial.Network.Depth + 1]
        };
    }

    /// <summary>What is missing to judge the shares of classes.</summary>
    public static string? Lacks(TrialHistory trial) => trial.Network.Task switch
    {
        TargetKind.Classes when trial.Row(Quantity.TrainClassShare) is null => "the classes of training examples were not recorded",
        TargetKind.YesNo when trial.Row(Quantity.Target) is null => "the targets were not recorded",
        _ => null,
    };

    private static double? Commonest(TrialHistory trial) => trial.Network.Task switch
    {
        TargetKind.Classes => trial.Row(Quantity.TrainClassShare) is { Count: > 1 } shares ? shares.Max : null,
        TargetKind.YesNo => trial.Row(Quantity.Target) is { Mean: >= 0 and <= 1 and var yes } ? Math.Max(yes, 1 - yes) : null,
        _ => null,
    };
}
