using Sonde.Probes;
using Sonde.Records.Trials;

namespace Sonde.FaultBenchmark.Rivals;

/// <summary>AUTOTRAINER's five problems, at its published thresholds: it asks only of trainings whose accuracy stays low.</summary>
/// <remarks>X. Zhang et al., ICSE 2021. Its accuracies are of the test part; for numbers, the share of variance explained replaces them.</remarks>
internal sealed class AutoTrainer : IJudge
{
    private const double Satisfied = 0.7, Vanishing = 1e-3, VanishingNorm = 1e-4, Exploding = 70, Zero = 0.7, Change = 0.01, Swing = 0.03, SwingShare = 0.2;

    /// <inheritdoc/>
    public string Name => "AUTOTRAINER";

    /// <inheritdoc/>
    public IReadOnlyList<Said> Judge(JudgedTrial trial)
    {
        var points = trial.Curve("test");
        if (trial.Trial.Manifest.Status == TrialStatus.Diverged || trial.Trial.Layers.Any(row => row.NonFinite > 0))
            return [new(["exploding", "non-finite"])];
        var accuracies = points.Select(point => 1 - point.Error / 100).ToList();
        if (accuracies.Count < 2)
            return [];
        var isSlow = accuracies.Zip(accuracies.Skip(1)).Max(pair => pair.Second - pair.First) < Change;
        if (accuracies.Max() >= Satisfied && !isSlow)
            return Swings(accuracies) >= SwingShare * accuracies.Count ? [new(["rate-high"])] : [];
        var observed = trial.Rows(Quantity.WeightGradient, 1).Zip(trial.Rows(Quantity.WeightGradient, trial.Layers))
            .Select(pair => (First: trial.Norm(pair.First), Last: trial.Norm(pair.Second))).ToList();
        if (Enumerable.Range(1, trial.Layers).SelectMany(layer => trial.Rows(Quantity.WeightGradient, layer)).GroupBy(row => row.Update)
            .Any(layers => layers.Average(row => row is { P2: 0, P98: 0 } ? 1 : row is { P25: 0, P75: 0 } ? 0.6 : row.P50 == 0 ? 0.3 : 0) >= Zero))
            return [new(["dead-units"])];
        if (observed.Exists(norms => norms.First > Exploding * norms.Last))
            return [new(["exploding"])];
        if (observed.Exists(norms => norms.First < Vanishing * norms.Last && norms.First < VanishingNorm))
            return [new(["vanishing"])];
        return isSlow ? [new(["rate-low", "too-few-updates"])] : [];
    }

    private static int Swings(List<double> accuracies)
    {
        var (tops, bottoms) = (new List<double>(), new List<double>());
        for (var k = 1; k < accuracies.Count - 1; k++)
        {
            if (accuracies[k] >= accuracies[k - 1] && accuracies[k] >= accuracies[k + 1])
                tops.Add(accuracies[k]);
            if (accuracies[k] <= accuracies[k - 1] && accuracies[k] <= accuracies[k + 1])
                bottoms.Add(accuracies[k]);
        }
        return tops.Zip(bottoms).Count(pair => pair.First - pair.Second >= Swing);
    }
}
