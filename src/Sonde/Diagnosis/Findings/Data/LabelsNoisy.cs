using Sonde.Data;
using Sonde.Diagnosis.Findings.Networks;
using Sonde.Numerics.Significance;
using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Data;

/// <summary>A good part of the labels are wrong: they contradict neighbours that agree among each other. Without that count, that neither the network nor
/// neighbours do well is a remark, for a hard task looks the same.</summary>
internal static class LabelsNoisy
{
    /// <summary>Share of labels that contradict neighbours of which four of five agree: a border between classes leaves one in five at most.</summary>
    public const double LeastContradicted = 0.2;

    // With more inputs, as of images, neighbours see only part of what networks see: the network has to bear them out.
    private const int ManyInputs = DataRows.MoreExamples / 4;

    // Neighbourhoods that agree, as few as prove something.
    private const int Fewest = 10;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO111", "labels-noisy", FaultLabel.LabelsBroken)
    {
        Find = trial => FromNeighbours(trial) ?? FromErrors(trial), Lacks = InputsTellNothing.Lacks,
        ConsequenceOf = ["inputs-no-signal", "labels-shuffled", "inputs-constant"],
        Mechanism = "If many labels are wrong, the error cannot fall below their share, and what is learnt longer is learnt by heart.",
        Source = "[Brodley1999]",
    };

    private static Finding? FromNeighbours(TrialHistory trial)
    {
        if (trial.Row(Quantity.ContradictedLabel) is not { Count: >= Fewest, Mean: > LeastContradicted } row
            || trial.Number(Quantity.NeighbourDissent) is not { } dissent)
            return null;
        // A label is one more draw from its neighbourhood: it may differ as often as neighbours differ among themselves.
        var interval = ShareInterval.Of((long)Math.Round(row.Mean * row.Count), row.Count);
        if (interval.Low <= dissent || KnowsBetter(trial, row.Mean) || trial.Network.Inputs > ManyInputs && !StopsHigh(trial))
            return null;
        return new(
            Rule.Name,
            $"Labels look wrong: where four of five neighbours have one label, {Share(row.Mean)} of the examples have another. "
                + "Check some labels by eye.",
            new Dictionary<string, double>
            {
                ["contradicted"] = row.Mean, ["contradictedAtLeast"] = interval.Low, ["dissent"] = dissent, ["neighbourhoods"] = row.Count,
            })
        {
            Confidence = Evidence.Rising(row.Mean, LeastContradicted, 0.35, 0.6, 0.9), Layers = [trial.Network.Depth + 1],
        };
    }

    // A network that is right more often than labels agree with neighbours has found what neighbours do not see.
    private static bool KnowsBetter(TrialHistory trial, double contradicted) =>
        trial.Fit.TestErrors is { Count: > 0 } errors && errors.Min(point => point.Error) < 80 * contradicted;

    // The network stopped where labels of which some are wrong would stop it, and neighbours do no better.
    private static bool StopsHigh(TrialHistory trial) => trial.ChanceError is > 0 and var chance
        && trial.Fit is { KnownShare: { } known, TestErrors.Count: > 3 } fit
        && fit.TestErrors.Min(point => point.Error) / chance is >= 0.35 and <= 0.9 and var best && known >= 0.8 * best && !(fit.LateFall > 0.15)
        && CapacitySmall.Find(trial) is null;

    private static Finding? FromErrors(TrialHistory trial)
    {
        var fit = trial.Fit;
        // Neighbours that agree, and labels that agree with them, are right.
        if (trial.Row(Quantity.ContradictedLabel) is { Count: >= Fewest, Mean: < LeastContradicted / 2 })
            return null;
        if (trial.Network.Task != TargetKind.Classes || !StopsHigh(trial))
            return null;
        var (best, known) = (fit.TestErrors.Min(point => point.Error) / trial.ChanceError!.Value, fit.KnownShare!.Value);
        return new(
            Rule.Name,
            $"The inputs tell the class in part only: the test error was never below {PerCent(best * trial.ChanceError.Value)}, and neighbours do no better. "
                + "Check some labels by eye.",
            new Dictionary<string, double> { ["bestShare"] = best, ["knownShare"] = known })
        {
            Confidence = 0.45, Layers = [trial.Network.Depth + 1],
            LastUpdate = trial.Updates
        };
    }
}
