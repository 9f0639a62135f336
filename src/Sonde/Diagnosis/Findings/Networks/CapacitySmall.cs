using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>The network cannot even fit its training examples, is at rest, and has very few units.</summary>
internal static class CapacitySmall
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO210", "capacity-small", FaultLabel.CapacitySmall)
    {
        Find = Find, IsExplainedAway = true, ConsequenceOf = ["symmetric-units", "activation-missing", "regularization-strong", "labels-shuffled",
            "inputs-no-signal", "inputs-unscaled", "targets-unscaled", "output-activation-wrong", "cost-wrong", "outputs-count-wrong", "rate-low",
                "rate-high", "dead-units", "init-too-large", "init-too-small", "labels-constant", "labels-imbalanced", "inputs-constant", "split-mismatch"],
        Lacks = trial => trial.Network.Depth > 0 && trial.Network.Units.Count == 0 ? "the widths of layers are not recorded"
            : trial.Fit.TrainErrors.Count == 0 ? "training errors were not recorded"
            : trial.Fit.TrainShare is null ? TrialFit.NoConstant : null,
        Mechanism = "What a layer of few units does not pass on is lost to all layers above it.",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var fit = trial.Fit;
        if (fit.TrainShare is not (> 0.25 and var share) || !fit.IsPoor || trial.Updates < 100 || fit.LateFall > 0.25)
            return null;
        var outputs = trial.Network.Outputs ?? 2;
        // A class needs about a unit; two units are few for any task.
        var enough = Math.Clamp(outputs, 3, 8);
        var narrowest = trial.Network.Units.Index().Where(layer => layer.Item < enough).OrderBy(layer => layer.Item)
            .Select(layer => (int?)layer.Index).FirstOrDefault();
        var couldDoBetter = fit.KnownShare is { } known && known < 0.7 * share;
        if (trial.Network.Depth > 0 && narrowest is null || trial.Network.Depth == 0 && !couldDoBetter)
            return null;
        var (layer, units) = narrowest is { } index ? (index + 1, trial.Network.Units[index]) : (0, 0);
        return new(
            Rule.Name,
            (layer == 0 ? "There is no hidden layer, and a linear answer does not fit these examples"
                : $"All that the outputs need must pass through the {(units == 1 ? "single unit" : $"{Whole(units)} units")} of layer {layer}")
                + $": the {trial.Measure.NameOf("training")} is still {trial.Measure.Text(fit.TrainErrors[^1].Error)}"
                + (couldDoBetter ? Better(trial) : "")
                + $". Use {(layer == 0 ? "a hidden layer" : "more units")}.",
            new Dictionary<string, double> { ["units"] = units, ["trainShare"] = share })
        {
            Confidence = (units <= 2 ? 0.75 : 0.55) + (couldDoBetter ? 0.15 : 0), Layers = layer == 0 ? [] : [layer], LastUpdate = trial.Updates,
        };
    }

    private static string Better(TrialHistory trial)
    {
        var (near, linear) = (trial.Number(Quantity.NeighbourError)!.Value, trial.Number(Quantity.LinearError)!.Value);
        return $", where {(near <= linear ? "answering as the nearest examples do" : "a linear answer")} gives {trial.Measure.Text(Math.Min(near, linear))}";
    }
}
