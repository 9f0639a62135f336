using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>With an activation that has two limits: a good part of some hidden layer's activations is saturated at the last recorded update, and more than
/// at the first [Glorot2010, section 3, fig. 3].</summary>
internal static class Saturating
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO302", "saturating", FaultLabel.Saturating)
    {
        Find = Find, IsExplainedAway = true,
        Lacks = trial => trial.Network.Depth > 0 && trial.Rows(Quantity.Activation, 1).Count < 2 ? "activations were not recorded twice" : null,
        ConsequenceOf = ["inputs-unscaled", "inputs-uncentred", "targets-unscaled", "init-too-large", "rate-high", "capacity-small", "labels-imbalanced",
            "output-activation-wrong", "cost-wrong", "outputs-count-wrong",
            "momentum-strong", "split-mismatch", "labels-shuffled"],
        Mechanism = "A saturated unit is on a flat part of its activation, so hardly any gradient passes it.",
        Source = "[Glorot2010]",
    };

    /// <summary>Share of saturated activations from which on it is reported.</summary>
    public const double LeastShare = 0.2;

    /// <summary>Share by which it must have grown since the first recorded update: what was there from the start is no effect of training.</summary>
    public const double LeastGrowth = 0.1;

    /// <summary>Finds the layer with the largest share, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        // A collapsed top layer is saturated by its collapse, and that finding says more.
        var layers = TopLayerCollapse.Find(trial) is null ? trial.Network.Depth : trial.Network.Depth - 1;
        // The zeros of relu and its like are how they work.
        var most = Enumerable.Range(1, layers).Where(layer => trial.Network.ActivationOf(layer) is { Saturates: true })
            .Select(layer => trial.Rows(Quantity.Activation, layer)).Where(series => series.Count > 1)
            .MaxBy(series => series[^1].Saturated ?? 0);
        if (most is not [{ Saturated: double before }, .., { Saturated: double after } last] || after < LeastShare || after - before < LeastGrowth)
            return null;
        return new(
            Rule.Name,
            $"Layer {last.Layer} saturates: {Share(after)} of its activations at update {Whole(last.Update)}, {Share(before)} at the start.",
            new Dictionary<string, double> { ["layer"] = last.Layer, ["firstSaturated"] = before, ["lastSaturated"] = after, ["update"] = last.Update })
        {
            // Units of a network that is trained for long saturate; within the first third that is a fault.
            Confidence = IsEarly(trial, last.Layer) ? Evidence.Rising(after, LeastShare, 0.9, 0.4, 0.75) : 0.4, FirstUpdate = trial.Rows(Quantity.Activation,
                last.Layer)[0].Update,
            LastUpdate = last.Update,
        };
    }

    private static bool IsEarly(TrialHistory trial, int layer) => trial.Rows(Quantity.Activation, layer)
        .Any(row => row.Saturated > 0.5 && row.Update <= (trial.Training.Updates ?? trial.Updates) / 3);
}
