using static Sonde.FaultBenchmark.Seeded.Faults.Suits;

namespace Sonde.FaultBenchmark.Seeded.Faults;

/// <summary>Too few examples, or too much that holds the fit back.</summary>
internal static class FitFaults
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FaultKind> All()
    {
        yield return new("few-examples", ["overfit", "capacity-large"], ["split-mismatch", "batch-large", "labels-imbalanced"], ((25, 60), (15, 40)),
            r => HasArrays(r) && HasHidden(r) && !r.Data.Name.StartsWith("clouds", StringComparison.Ordinal),
            (r, s) => r.WithData(data => data with { Train = data.Train.Select([.. Enumerable.Range(0, (int)s)]) })
                .MapLayers((layer, _) => layer with { Units = 2 * layer.Units }));
        yield return new("dropout-strong", ["regularization-strong"], ["capacity-small", "too-few-updates", "prior-only", "dead-units"],
            ((0.9, 0.96), (0.93, 0.98)), HasHidden,
            (r, s) => r.MapLayers((layer, _) => layer with { Dropout = s }));
        yield return new("decay-strong", ["regularization-strong"], ["capacity-small", "vanishing", "prior-only", "init-too-small", "too-linear", "dead-units"],
            ((0.3, 1), (0.5, 2)), r => !r.Training.ContainsKey("schedule"), (r, s) => r.WithTraining("weightDecay", s));
        // The last of all kinds: each kind chooses its networks by its number.
        yield return new("examples-copied", ["overfit", "capacity-large"], ["split-mismatch", "labels-imbalanced"], ((25, 60), (15, 40)),
            r => HasArrays(r) && HasHidden(r) && !r.Data.Name.StartsWith("clouds", StringComparison.Ordinal),
            (r, s) => r.WithData(data => data with { Train = data.Train.Select([.. Enumerable.Range(0, data.Train.Count).Select(n => n % (int)s)]) })
                .MapLayers((layer, _) => layer with { Units = 2 * layer.Units }));
    }
}
