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
    /// <summary>Share of labels that contradict neighbours of which eight in ten agree: a border between classes leaves at most two in ten.</summary>
    public const double LeastContradicted = 0.2;

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
        if (interval.Low <= dissent)
            return null;
        return new(
            Rule.Name,
            $"Labels look wrong: where eight of the ten nearest examples have one label, {Share(row.Mean)} of the examples have another. Check some labels by "
                + $"eye.",
            new Dictionary<string, double>
            {
                ["contradicted"] = row.Mean, ["contradictedAtLeast"] = interval.Low, ["dissent"] = dissent, ["neighbourhoods"] = row.Count,
            })
        {
            Confidence = Evidence.Rising(row.Mean, LeastContradicted, 0.35, 0.6, 0.9), Layers = [trial.Network.Depth + 1],
        };
    }

    private static Finding? FromErrors(TrialHistory trial)
    {
        var fit = trial.Fit;
        // Neighbours that agree, and labels that agree with them, are right.
        if (trial.Row(Quantity.ContradictedLabel) is { Count: >= Fewest, Mean: < LeastContradicted / 2 })
            return null;
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
