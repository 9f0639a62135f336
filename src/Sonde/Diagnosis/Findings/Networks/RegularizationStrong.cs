using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>Dropout or weight decay keeps the network from fitting its training examples.</summary>
internal static class RegularizationStrong
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO212", "regularization-strong", FaultLabel.RegularizationStrong)
    {
        Find = trial => FromDropout(trial) ?? FromDecay(trial),
        Lacks = trial => trial.Network.Dropouts.Count == 0 && trial.Network.Depth > 0 && trial.Training.WeightDecay is null
            ? "neither dropout nor weight decay is recorded" : null,
        Mechanism = "Dropout leaves so few units in each update, or a penalty pulls weights to 0 so fast, that what an update teaches is gone before the next.",
        Source = "[Srivastava2014]",
    };

    private static Finding? FromDropout(TrialHistory trial)
    {
        var (dropouts, units) = (trial.Network.Dropouts, trial.Network.Units);
        if (dropouts.Count == 0 || !trial.Fit.IsPoor || dropouts.Max() is not (>= 0.5 and var most))
            return null;
        var layer = dropouts.Index().First(one => one.Item == most).Index + 1;
        double? left = layer - 1 < units.Count ? units[layer - 1] * (1 - most) : null;
        // Half of a wide layer is the usual share; a few units that are left cannot carry the signal.
        var confidence = most >= 0.8 ? 0.9 : most >= 0.65 ? 0.7 : left < 6 ? 0.6 : 0.4;
        return new(
            Rule.Name,
            $"Dropout leaves {Share(1 - most)} of layer {layer} in an update{(left is { } few ? $", about {Number(few)} units" : "")}: too little to learn "
                + $"from. Use 0.5 or less.",
            new Dictionary<string, double> { ["dropout"] = most })
        {
            Confidence = confidence,
            Layers = [.. dropouts.Index().Where(one => one.Item >= 0.5).Select(one => one.Index + 1)]
        };
    }

    private static Finding? FromDecay(TrialHistory trial)
    {
        if (trial.Training.WeightDecay is not (> 0 and var decay) || !trial.Fit.IsPoor)
            return null;
        double[] kept = [.. Enumerable.Range(1, trial.Network.Depth + 1).Select(layer => trial.Rows(Quantity.Weight, layer))
            .Where(rows => rows is [{ Sd: > 0 }, _, ..]).Select(rows => rows[^1].Sd / rows[0].Sd)];
        if (kept.Length == 0 || kept.Average() is not (< 0.6 and var left))
            return null;
        return new(
            Rule.Name,
            $"The penalty of {Number(decay)} on weights pulls them to 0: they keep {Share(left)} of their spread. Use a smaller weightDecay.",
            new Dictionary<string, double> { ["weightDecay"] = decay, ["kept"] = left })
        {
            Confidence = Evidence.Rising(left, 0.6, 0.1, 0.65, 0.95), Layers = [.. Enumerable.Range(1, trial.Network.Depth + 1)], LastUpdate = trial.Updates,
        };
    }
}
