using Sonde.Probes;
using static Sonde.FaultBenchmark.Rivals.JudgedTrial;

namespace Sonde.FaultBenchmark.Rivals;

/// <summary>The built-in rules of Amazon SageMaker Debugger for deep networks, at the default thresholds of its documentation. Rules about words, trees and
/// images are left out.</summary>
internal sealed class SageMakerRules : IJudge
{
    private const double InactiveUnits = 0.5, VanishingMean = 1e-7, VarianceRatio = 10, GradientRange = 0.001, LargeUpdate = 10, SmallUpdate = 1e-8,
        Imbalance = 10, Decrease = 0.001, OverfitRatio = 0.1, TanhLimit = 9.4999, SigmoidLow = -23, SigmoidHigh = 16.99999;

    // The mean size of a normal number over its root mean square.
    private const double MeanOfSize = 0.8;

    /// <inheritdoc/>
    public string Name => "SageMaker Debugger's rules";

    /// <inheritdoc/>
    public IReadOnlyList<Said> Judge(JudgedTrial trial)
    {
        var hidden = Enumerable.Range(1, trial.Facts.Depth).ToList();
        var all = Enumerable.Range(1, trial.Layers).ToList();
        var said = new List<Said>();
        void Say(string[] labels, IEnumerable<int> layers)
        {
            if (layers.ToList() is { Count: > 0 } found)
                said.Add(new(labels, found));
        }
        Say(["non-finite"], all.Where(layer => trial.Trial.Layers.Any(row => row.Layer == layer && row.NonFinite > 0)));
        Say(["vanishing"], all.Where(layer => trial.Rows(Quantity.WeightGradient, layer).Any(row => MeanOfSize * RootMeanSquare(row) < VanishingMean)));
        Say(["dead-units"], hidden.Where(layer => trial.ActivationOf(layer)?.Name == "relu"
            && trial.Rows(Quantity.Activation, layer).Any(row => row.Dead > InactiveUnits)));
        Say(["saturating", "saturated-at-start"], hidden.Where(layer => trial.Rows(Quantity.Preactivation, layer)
            .Any(row => IsSaturated(row, trial.ActivationOf(layer)?.Name))));
        var variances = all.Select(layer => trial.Rows(Quantity.Weight, layer)).Where(rows => rows.Count > 0).Select(rows => rows[0].Sd * rows[0].Sd).ToList();
        var ranges = all.SelectMany(layer => trial.Rows(Quantity.WeightGradient, layer).Take(1)).Select(row => row.P98 - row.P2).ToList();
        if (variances.Count > 0 && variances.Max() > VarianceRatio * variances.Min() || ranges.Count > 0 && ranges.Min() < GradientRange)
            said.Add(new(["init-too-small", "init-too-large", "symmetric-units"]));
        Say(["rate-high"], all.Where(layer => trial.Rows(Quantity.UpdateToWeightRatio, layer).Any(row => row.Mean > LargeUpdate)));
        Say(["rate-low"], all.Where(layer => trial.Rows(Quantity.UpdateToWeightRatio, layer).Any(row => row.Mean < SmallUpdate)));
        if (trial.Rows(Quantity.ClassShare, InputProbe.Layer) is [{ Count: > 1 } shares, ..] && shares.Max > Imbalance * shares.Min)
            said.Add(new(["labels-imbalanced"]));
        if (trial.Curve("train") is { Count: > 1 } curve && curve.Zip(curve.Skip(1)).Any(pair => pair.Second.Cost > (1 - Decrease) * pair.First.Cost))
            said.Add(new(["rate-high", "rate-low", "too-few-updates"]));
        if (trial.Curve("train") is [.., var train] && trial.Curve("validation") is [.., var validation]
            && validation.Cost - train.Cost > OverfitRatio * train.Cost)
            said.Add(new(["overfit"]));
        return said;
    }

    private static bool IsSaturated(LayerStatistics row, string? activation) => activation switch
    {
        "tanh" => ShareBeyond(row, TanhLimit) > InactiveUnits,
        "sigmoid" => ShareBelow(row, SigmoidLow) + 1 - ShareBelow(row, SigmoidHigh) > InactiveUnits,
        _ => false,
    };
}
