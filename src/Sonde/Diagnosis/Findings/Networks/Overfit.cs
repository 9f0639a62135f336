using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>Training examples are fitted, and test examples are not.</summary>
internal static class Overfit
{
    /// <summary>How much higher the test error must be than the training error, both as shares of a constant answer's.</summary>
    public const double LeastGap = 0.25;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO407", "overfit", FaultLabel.Overfit)
    {
        Find = Find,
        ConsequenceOf = ["inputs-no-signal", "labels-shuffled", "labels-constant", "labels-noisy", "split-mismatch", "inputs-constant", "inputs-duplicated",
            "inputs-unscaled", "inputs-uncentred"], Lacks = Lacks,
        Mechanism = "The network has learned what is peculiar to its training examples; further steps fit noise.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var fit = trial.Fit;
        if (fit is not { TrainShare: { } train, TestShare: { } test } || test - train < LeastGap || train > 0.6 * test)
            return null;
        var best = fit.TestErrors.MinBy(point => point.Cost)!;
        var rise = best.Cost > 0 ? fit.TestErrors[^1].Cost / best.Cost : 1;
        return new(
            Rule.Name,
            $"The network fits its training examples and not the others: {trial.Measure.Phrase("training", fit.TrainErrors[^1].Error)}, "
                + $"{trial.Measure.Phrase("test", fit.TestErrors[^1].Error)}"
                + $"{(rise > 1.1 ? $"; the test cost was lowest at {trial.Step} {Whole(best.Update)}" : "")}. Use more examples, dropout or fewer units, or "
                + $"stop earlier.",
            new Dictionary<string, double> { ["trainShare"] = train, ["testShare"] = test, ["costRise"] = rise })
        {
            Confidence = Evidence.Rising(test - train, LeastGap, 0.6, 0.6, 0.85) + (rise > 1.3 ? 0.05 : 0), FirstUpdate = best.Update,
            LastUpdate = trial.Updates,
        };
    }

    /// <summary>Says what is missing.</summary>
    public static string? Lacks(TrialHistory trial) =>
        trial.Fit.TrainErrors.Count == 0 ? "training errors were not recorded"
            : trial.Fit.TestErrors.Count == 0 ? "test errors were not recorded"
            : trial.Fit is { TrainShare: null } or { TestShare: null } ? TrialFit.NoConstant : null;
}
