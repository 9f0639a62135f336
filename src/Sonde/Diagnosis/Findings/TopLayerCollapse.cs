using Sonde.Probes;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings;

/// <summary>With an activation that starts at 0 and has an upper limit: the top hidden layer's mean fell towards 0 while the layers below kept theirs
/// [Glorot2010, section 3.1, fig. 2]. A layer near 0 whose activations spread by more than their mean has not collapsed: it is sparse, as after
/// pre-training.</summary>
internal static class TopLayerCollapse
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO303", "top-layer-collapse", FaultLabel.Saturating)
    {
        Find = Find,
        Lacks = trial => trial.Network.Depth > 1 && trial.Rows(Quantity.Activation, trial.Network.Depth).Count < 2 ? "activations were not recorded twice"
            : null,
        ConsequenceOf = ["inputs-unscaled", "sigmoid-layers"],
        Mechanism = "The output layer learns its biases first; pushing the top hidden layer to 0 removes what still disturbs them, and 0 is "
            + "a flat end of a sigmoid.",
        Source = "[Glorot2010]",
    };

    /// <summary>A mean at or below this share of its first value has collapsed.</summary>
    public const double CollapsedShare = 0.25;

    /// <summary>Finds it in a trial, or returns null; needs two hidden layers and their activations over updates.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var depth = trial.Network.Depth;
        if (depth < 2 || trial.Network.ActivationOf(depth) is not { Lower: 0, Upper: not null })
            return null;
        var top = trial.Rows(Quantity.Activation, depth);
        if (top is not [var first, .., var last] || !(last.Mean <= CollapsedShare * first.Mean) || last.Sd > last.Mean)
            return null;
        var fallen = top.First(row => row.Mean <= CollapsedShare * first.Mean);
        var below = trial.Last(Quantity.Activation).Take(depth - 1).Select(row => row.Mean).DefaultIfEmpty(double.NaN).ToList();
        if (!(below.Min() > CollapsedShare * first.Mean))
            return null;
        double low = below.Min(), high = below.Max();
        var others = depth == 2 ? $"layer 1 is at {Number(low)}" : $"{LayersUpTo(depth - 1)} are at {Number(low)} to {Number(high)}";
        return new(
            Rule.Name,
            $"The top hidden layer ({depth}) collapsed: its mean activation fell from {Number(first.Mean)} to {Number(fallen.Mean)} within "
            + $"{Whole(fallen.Update - first.Update)} updates and ends at {Number(last.Mean)}, while {others}.",
            new Dictionary<string, double>
            {
                ["layer"] = depth, ["firstMean"] = first.Mean, ["fallenMean"] = fallen.Mean, ["withinUpdates"] = fallen.Update - first.Update,
                ["lastMean"] = last.Mean, ["lowestMeanBelow"] = low, ["highestMeanBelow"] = high,
            })
        {
            Confidence = 0.92, FirstUpdate = fallen.Update, LastUpdate = last.Update,
        };
    }
}
