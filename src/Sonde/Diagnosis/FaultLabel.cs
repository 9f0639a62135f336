namespace Sonde.Diagnosis;

/// <summary>The words for kinds of faults, each with one meaning.</summary>
internal static class FaultLabel
{
    public const string Healthy = "healthy";
    public const string Vanishing = "vanishing";
    public const string Exploding = "exploding";
    public const string SaturatedAtStart = "saturated-at-start";
    public const string Saturating = "saturating";
    public const string DeadUnits = "dead-units";
    public const string SymmetricUnits = "symmetric-units";
    public const string TooLinear = "too-linear";
    public const string InitTooSmall = "init-too-small";
    public const string InitTooLarge = "init-too-large";
    public const string RateHigh = "rate-high";
    public const string RateLow = "rate-low";
    public const string BatchLarge = "batch-large";
    public const string BatchSmall = "batch-small";
    public const string TooFewUpdates = "too-few-updates";
    public const string OptimizerWrong = "optimizer-wrong";
    public const string CostWrong = "cost-wrong";
    public const string OutputActivationWrong = "output-activation-wrong";
    public const string OutputsCountWrong = "outputs-count-wrong";
    public const string ActivationWrong = "activation-wrong";
    public const string ActivationMissing = "activation-missing";
    public const string InputsUnscaled = "inputs-unscaled";
    public const string InputsUncentred = "inputs-uncentred";
    public const string InputsConstant = "inputs-constant";
    public const string InputsNoSignal = "inputs-no-signal";
    public const string TargetsUnscaled = "targets-unscaled";
    public const string LabelsBroken = "labels-broken";
    public const string LabelsImbalanced = "labels-imbalanced";
    public const string SplitMismatch = "split-mismatch";
    public const string CapacitySmall = "capacity-small";
    public const string CapacityLarge = "capacity-large";
    public const string Overfit = "overfit";
    public const string RegularizationStrong = "regularization-strong";
    public const string NonFinite = "non-finite";

    // States and remarks that are no fault of their own.
    public const string Plateau = "plateau";
    public const string PriorOnly = "prior-only";
    public const string Observation = "observation";

    /// <summary>True for a label that names a fault.</summary>
    public static bool IsFault(string label) => label is not (Healthy or Plateau or PriorOnly or Observation);
}
