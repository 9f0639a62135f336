using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Steps;

/// <summary>Mini-batches of one or two examples, at a rate at which their noise keeps the cost up.</summary>
internal static class BatchSmall
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO404", "batch-small", FaultLabel.BatchSmall)
    {
        Find = Find, Lacks = trial => trial.Training.Batch is null ? "the size of mini-batches is not recorded" : null,
        Mechanism = "The gradient of one example points elsewhere than that of the next; at a large rate steps undo each other.",
        Source = "[LeCun1998b]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Training is not { Batch: <= 2 and var batch } || trial.Training.Examples is < 20 || !trial.Fit.IsPoor || RateHigh.Find(trial) is null)
            return null;
        return new(
            Rule.Name, $"Mini-batches of {Whole(batch)} are noisy at this learning rate. Use larger ones, or a smaller rate.",
            new Dictionary<string, double> { ["batch"] = batch })
        { Confidence = 0.55, LastUpdate = trial.Updates };
    }
}
