using Sonde.Probes;
using static Sonde.FaultBenchmark.Rivals.JudgedTrial;

namespace Sonde.FaultBenchmark.Rivals;

/// <summary>torchmortem's detectors at their published thresholds: gradients, dead and saturated units, updates over weights, the cost. Its ranks and
/// curvatures need what is not recorded.</summary>
internal sealed class TorchMortem : IJudge
{
    private const double VanishingRatio = 100, ExplodingNorm = 1000, StalledNorm = 1e-8, StalledShare = 0.3, Share = 0.5, DeadSize = 1e-6, SaturatedSize = 0.95,
        LowUpdate = 1e-5, HighUpdate = 0.1, Growth = 1.5;

    /// <inheritdoc/>
    public string Name => "torchmortem";

    /// <inheritdoc/>
    public IReadOnlyList<Said> Judge(JudgedTrial trial)
    {
        var said = new List<Said>();
        var all = Enumerable.Range(1, trial.Layers).ToList();
        var hidden = all.SkipLast(1).ToList();
        var means = all.Select(layer => trial.SecondHalf(Quantity.WeightGradient, layer))
            .Select(rows => rows.Count > 0 ? rows.Average(trial.Norm) : double.NaN).ToList();
        if (means.Count > 1 && (means[0] < 1e-30 || means[^1] >= 1e-30 && means[^1] / means[0] >= VanishingRatio))
            said.Add(new(["vanishing"], [.. all.OrderBy(layer => means[layer - 1]).Take(3)]));
        void Say(string[] labels, IEnumerable<int> layers)
        {
            if (layers.ToList() is { Count: > 0 } found)
                said.Add(new(labels, found));
        }
        Say(["exploding"], all.Where(layer => trial.Rows(Quantity.WeightGradient, layer).Any(row => trial.Norm(row) > ExplodingNorm)));
        Say(["vanishing"], all.Where(layer => trial.Rows(Quantity.WeightGradient, layer) is { Count: > 0 } rows
            && rows.Count(row => trial.Norm(row) < StalledNorm) >= StalledShare * rows.Count));
        Say(["dead-units"], hidden.Where(layer => IsMostly(trial, layer, row => 1 - ShareBeyond(row, DeadSize) > Share)));
        // It counts outputs of any unit beyond 0.95, also those of rectifiers.
        Say(["saturating", "saturated-at-start"], hidden.Where(layer => IsMostly(trial, layer, row => ShareBeyond(row, SaturatedSize) > Share)));
        Say(["rate-low"], all.Where(layer => Median(trial, layer) < LowUpdate));
        Say(["rate-high"], all.Where(layer => Median(trial, layer) > HighUpdate));
        var costs = trial.Curve("train").Select(point => point.Cost).ToList();
        if (costs.TakeLast(costs.Count / 2).ToList() is { Count: >= 5 } tail && tail[^1] >= Growth * tail[0]
            && tail.Zip(tail.Skip(1)).Count(pair => pair.Second > pair.First) >= 0.8 * (tail.Count - 1))
            said.Add(new(["rate-high"]));
        return said;
    }

    private static bool IsMostly(JudgedTrial trial, int layer, Func<LayerStatistics, bool> isBad) =>
        trial.SecondHalf(Quantity.Activation, layer) is { Count: > 0 } rows && rows.Count(isBad) >= Share * rows.Count;

    private static double Median(JudgedTrial trial, int layer)
    {
        double[] ratios = [.. trial.SecondHalf(Quantity.UpdateToWeightRatio, layer).Select(row => row.Mean).Where(ratio => ratio > 0).Order()];
        return ratios.Length == 0 ? double.NaN : ratios[ratios.Length / 2];
    }
}
