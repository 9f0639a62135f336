using static Sonde.FaultBenchmark.Seeded.Faults.DataChanges;
using static Sonde.FaultBenchmark.Seeded.Faults.FaultLabels;
using static Sonde.FaultBenchmark.Seeded.Faults.Suits;

namespace Sonde.FaultBenchmark.Seeded.Faults;

/// <summary>Faults of targets and of the split: wrong, unequal, unscaled, other in training than in the test.</summary>
internal static class TargetFaults
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FaultKind> All()
    {
        string[] memorized = ["overfit", "capacity-large", "too-few-updates", "capacity-small", "split-mismatch"];
        yield return new("labels-shuffled", ["labels-broken", "inputs-no-signal"], memorized, ((1, 0.9), (1, 0.85)), r => HasArrays(r) && IsSoftmax(r),
            (r, s) => r.WithData(data => data with { Train = Shuffled(data.Train, s, 1), Test = Shuffled(data.Test, s, 2) }));
        yield return new("targets-shuffled", ["labels-broken", "inputs-no-signal"], memorized, ((1, 0.9), (1, 0.85)), r => r.IsRegression || r.AsksYesNo,
            (r, s) => r.WithData(data => data with { Train = Shuffled(data.Train, s, 1), Test = Shuffled(data.Test, s, 2) }));
        yield return new("labels-noisy", ["labels-broken"], [.. memorized, "inputs-no-signal", "regularization-strong"],
            ((0.5, 0.6), (0.55, 0.65)), r => HasArrays(r) && IsSoftmax(r),
            (r, s) => r.WithData(data => data with { Train = Shuffled(data.Train, s, 1), Test = Shuffled(data.Test, s, 2) }));
        yield return new("labels-constant", ["labels-broken", "labels-imbalanced", "split-mismatch"], ["prior-only", "overfit"], ((0, 1), (0, 1)),
            r => HasArrays(r) && !r.IsRegression,
                (r, s) => r.WithData(data => data with { Train = data.Train with { Targets = data.Train.Targets.Map((_, _) => (float)s) } }));
        yield return new("labels-imbalanced", ["labels-imbalanced", "split-mismatch"], ["prior-only", "overfit", "too-few-updates", "capacity-large"],
            ((0.98, 0.99), (0.985, 0.995)), r => HasArrays(r) && !r.IsRegression,
                (r, s) => r.WithData(data => data with { Train = Imbalanced(data.Train, s) }));
        yield return new("split-by-class", ["split-mismatch"], ["labels-imbalanced", "overfit", "labels-broken"], ((0.5, 0.7), (0.6, 0.4)),
            r => HasArrays(r) && IsSoftmax(r) && r.Data.Classes > 2,
                (r, s) => r.WithData(data => data with { Train = Keep(data.Train, (_, label) => label >= s * data.Classes) }));
        yield return new("split-by-input", ["split-mismatch"], ["overfit", "capacity-large", "labels-imbalanced"],
            ((0.8, 1.2), (1, 1.4)), r => IsTable(r) && HasHidden(r),
            (r, s) => r.WithData(data => data with { Train = Keep(data.Train, (x, _) => x > s) }));
        yield return new("targets-large", ["targets-unscaled"], [.. Scale, "cost-wrong"], ((100, 1000), (300, 3000)), r => r.IsRegression,
            (r, s) => r.WithData(data => data.MapTargets((t, _) => (float)(s * t))));
        yield return new("targets-offset", ["targets-unscaled"], [.. Scale, "output-activation-wrong", "prior-only"],
            ((100, 1000), (300, 3000)), r => r.IsRegression,
            (r, s) => r.WithData(data => data.MapTargets((t, _) => (float)(s + t))));
    }
}
