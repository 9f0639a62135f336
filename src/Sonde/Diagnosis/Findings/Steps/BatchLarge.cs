using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Steps;

/// <summary>Mini-batches are so large that few updates happen.</summary>
internal static class BatchLarge
{
    /// <summary>Updates below which mini-batches that hold a good part of the examples are too large.</summary>
    public const long Few = 300;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO403", "batch-large", FaultLabel.BatchLarge)
    {
        Find = Find, ConsequenceOf = ["output-activation-wrong", "cost-wrong", "dead-units", "symmetric-units"],
        Lacks = trial => trial.Training.Batch is null ? "the size of mini-batches is not recorded"
            : trial.Training.Examples is null ? "the number of training examples is not recorded, or they never end" : trial.LacksUpdates,
        Mechanism = "A pass over the examples then has few updates; the exact gradient of many examples is hardly better than that of a hundred.",
        Source = "[LeCun1998b]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        if (trial.Training is not { Batch: >= 100 and var batch, Examples: > 0 and var examples } || batch < examples / 8.0 || trial.Updates >= Few
            || !trial.Fit.IsPoor || !trial.Fit.IsOver)
            return null;
        return new(
            Rule.Name,
            $"Mini-batches are large: {Whole(batch)} of {Whole(examples)} examples, so {Whole(trial.Updates)} updates are all there are. Use smaller ones.",
            new Dictionary<string, double> { ["batch"] = batch, ["examples"] = examples, ["updates"] = trial.Updates })
        {
            Confidence = Evidence.Rising(trial.Updates + 1, Few, 30, 0.6, 0.93), LastUpdate = trial.Updates,
        };
    }
}
