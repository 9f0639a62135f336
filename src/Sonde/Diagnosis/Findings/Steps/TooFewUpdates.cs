using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Steps;

/// <summary>Training ended while the network was still learning.</summary>
internal static class TooFewUpdates
{
    // A cost that ends at more than this multiple of its lowest value rises.
    private const double MostRise = 2;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO405", "too-few-updates", FaultLabel.TooFewUpdates)
    {
        Find = Find, IsExplainedAway = true, Lacks = trial => trial.LacksUpdates
            ?? (trial.Fit.TestShare is null && trial.Fit.Costs.Count < 3 ? "errors and costs were not recorded" : null),
        ConsequenceOf =
        [
            "inputs-no-signal", "labels-shuffled", "batch-large", "rate-low", "output-activation-wrong", "cost-wrong", "dead-units",
            "symmetric-units", "init-too-small", "sigmoid-layers", "init-too-large", "inputs-constant", "labels-constant", "inputs-unscaled",
            "inputs-uncentred", "targets-unscaled", "saturated-at-start", "regularization-strong", "activation-missing", "split-mismatch",
            "capacity-small", "labels-imbalanced",
        ],
        Mechanism = "A cost that still falls as fast as before is not at rest.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var fit = trial.Fit;
        // More updates do not mend numbers that broke.
        if (trial.Divergence is not null || !fit.IsOver || !fit.IsPoor || IsLosing(trial) || trial.Updates == 0 && trial.Training.Updates != 0)
            return null;
        var passes = trial.Training is { Batch: { } batch, Examples: > 0 and var examples } ? trial.Updates * (double)batch / examples : double.NaN;
        if (trial.Updates < TrialFit.FewUpdates)
            return new(
                Rule.Name, $"Training stopped after {trial.Steps(trial.Updates)}, {Missed(trial)}. Train for longer.",
                Numbers(trial, passes, fit.LateFall))
            { Confidence = Evidence.Rising(trial.Updates + 1, TrialFit.FewUpdates, 30, 0.7, 0.9), LastUpdate = trial.Updates };
        if (fit.LateFall is not (> TrialFit.LeastLateFall and var late) || fit.Restlessness > 0.2
            || fit.TrainErrors.Count > 2 && fit.TestShare - fit.TrainShare > 0.3)
            return null;
        return new(
            Rule.Name, $"Training ended while the cost still fell: {Share(Math.Min(1, late))} of its fall is in the last third. Train for longer, or "
                + "with a larger learning rate.",
            Numbers(trial, passes, late))
        { Confidence = Evidence.Rising(late, TrialFit.LeastLateFall, 0.35, 0.52, 0.75), LastUpdate = trial.Updates };
    }

    // More updates lose more.
    private static bool IsLosing(TrialHistory trial) => Unlearning.Find(trial) is not null
        || trial.Fit.Rise > MostRise || Learning.Find(trial) is not null && trial.TestCurve[^1].Error >= trial.TestCurve[0].Error;

    private static string Missed(TrialHistory trial) =>
        Learning.Find(trial) is null ? "before the network could learn" : "when the network had only begun to learn";

    private static Dictionary<string, double> Numbers(TrialHistory trial, double passes, double? late)
    {
        var numbers = new Dictionary<string, double> { ["updates"] = trial.Updates };
        if (double.IsFinite(passes))
            numbers["passes"] = passes;
        if (late is { } known)
            numbers["lateFall"] = known;
        return numbers;
    }
}
