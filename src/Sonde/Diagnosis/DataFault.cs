using static Sonde.Diagnosis.FaultLabel;

namespace Sonde.Diagnosis;

/// <summary>Faults of the data itself, which no setting mends.</summary>
internal static class DataFault
{
    // The best answer without a network makes more than this share of the errors of a guess.
    private const double LittleTold = 0.5;

    private static readonly string[] HopelessNames = ["data-non-finite", "labels-constant", "labels-shuffled", "inputs-no-signal"];

    /// <summary>True for a finding whose fault is in the data.</summary>
    public static bool Is(Finding finding) => IsHopeless(finding) || Is(finding.Label);

    /// <summary>True for a label of such a fault.</summary>
    public static bool Is(string label) => label is LabelsBroken or InputsNoSignal or SplitMismatch;

    /// <summary>True if no network does well with such data: that this one does badly is no sign of anything else.</summary>
    public static bool IsHopeless(Finding finding) => HopelessNames.Contains(finding.Name) || AreInputsAllTheSame(finding);

    /// <summary>The same for inputs of which most are constant, if the others tell little.</summary>
    public static bool IsHopeless(Finding finding, TrialFit fit) =>
        IsHopeless(finding) || finding.Label == InputsConstant && fit.KnownShare > LittleTold;

    // If only some inputs are constant, the others may tell enough.
    private static bool AreInputsAllTheSame(Finding finding) =>
        finding.Label == InputsConstant && finding.Evidence.TryGetValue("constantShare", out var share) && share == 1;
}
