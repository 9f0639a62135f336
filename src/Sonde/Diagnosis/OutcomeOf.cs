namespace Sonde.Diagnosis;

/// <summary>Says what becomes of a trial, from its curves and what was found.</summary>
internal static class OutcomeOf
{
    // Causes that networks often overcome, given time: a plateau with no other cause ends sooner or later.
    private static readonly string[] Overcome =
    [
        "sigmoid-layers", "top-layer-collapse", "vanishing-gradients", "vanishing-activations", "inputs-uncentred", "labels-imbalanced", "too-linear",
        "saturating", "optimizer-wrong", "exploding-gradients",
    ];

    // Causes that only make it slow.
    private static readonly string[] Slowing = ["rate-low", "too-few-updates", "batch-large", "batch-small"];

    // At this share of the top layer's gradient, layer 1 is as good as still.
    private const double Still = 1e-4;

    /// <summary>Returns the outcome.</summary>
    /// <param name="trial">The records.</param>
    /// <param name="findings">What was found in them.</param>
    public static TrialOutcome Trial(TrialHistory trial, IReadOnlyList<Finding> findings)
    {
        bool Has(string name) => findings.Any(finding => finding.Name == name);
        if (trial.Divergence is not null || Has("non-finite-values") || Has("exploded-cost"))
            return TrialOutcome.Diverged;
        var causes = findings.Where(finding => finding.IsSaid && FaultLabel.IsFault(finding.Label)).ToList();
        var (fit, isMoving) = (trial.Fit, trial.Fit is { Fall: > 0.01, LateFall: > 0.15 } && !(trial.Fit.Restlessness > 0.35));
        if (Has("learning"))
            return fit.IsPoor && (isMoving || causes.Any(cause => Slowing.Contains(cause.Name))) ? TrialOutcome.Slow : TrialOutcome.Learning;
        if (!Has("prior-only") && !Has("unlearning"))
            return TrialOutcome.Unknown;
        // That it was better once shows that it can learn: a plateau may be left, and entered again, several times.
        if (causes.Any(cause => !Overcome.Contains(cause.Name) && !Slowing.Contains(cause.Name)))
            return TrialOutcome.WillNotLearn;
        if (causes.Any(cause => Slowing.Contains(cause.Name)))
            return isMoving ? TrialOutcome.Slow : TrialOutcome.WillNotLearn;
        var isStill = findings.FirstOrDefault(finding => finding.Name == "vanishing-gradients")?.Evidence.GetValueOrDefault("ratio", 1) < Still;
        // What a network leaves depends on the network.
        return isMoving ? TrialOutcome.Slow : !trial.HasNetwork ? TrialOutcome.Unknown : isStill ? TrialOutcome.WillNotLearn : TrialOutcome.Plateau;
    }
}
