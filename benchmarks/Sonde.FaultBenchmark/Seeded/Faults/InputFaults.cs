using static Sonde.FaultBenchmark.Seeded.Faults.DataChanges;
using static Sonde.FaultBenchmark.Seeded.Faults.FaultLabels;
using static Sonde.FaultBenchmark.Seeded.Faults.Suits;

namespace Sonde.FaultBenchmark.Seeded.Faults;

/// <summary>Faults of the inputs: their scale, their centre, what is in them.</summary>
internal static class InputFaults
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FaultKind> All()
    {
        yield return new("inputs-large", ["inputs-unscaled"], [.. Scale, "activation-wrong"],
            ((100, 1000), (255, 3000)), r => HasArrays(r) && (IsSgd(r) || r.HasSquashingUnits),
            (r, s) => r.WithData(data => data.MapInputs((x, _) => (float)(s * x))));
        yield return new("inputs-pixels", ["inputs-unscaled", "inputs-uncentred"], [.. Scale, "activation-wrong"],
            ((255, 1000), (255, 600)), r => HasArrays(r) && HasHidden(r),
            (r, s) => r.WithData(data => data.MapInputs((x, _) => (float)(s * Math.Clamp(0.5 + x / 5, 0, 1)))));
        yield return new("inputs-mixed-units", ["inputs-unscaled"], [.. Scale, "inputs-uncentred"],
            ((300, 3000), (1000, 10_000)), r => IsTable(r) && HasHidden(r),
            (r, s) => r.WithData(data => data.MapInputs((x, column) => column % 3 == 1 ? (float)(s * x) : x)));
        yield return new("inputs-small", ["inputs-unscaled"], [.. Slow, "capacity-small", "prior-only"],
            ((0.01, 0.001), (0.004, 0.0005)), r => HasArrays(r) && IsSgd(r),
            (r, s) => r.WithData(data => data.MapInputs((x, _) => (float)(s * x))));
        yield return new("inputs-offset", ["inputs-uncentred"], [.. Scale, "inputs-unscaled"], ((20, 100), (50, 200)), r => HasArrays(r) && HasHidden(r),
            (r, s) => r.WithData(data => data.MapInputs((x, _) => (float)(s + x))));
        yield return new("inputs-constant", ["inputs-constant", "inputs-no-signal"], ["labels-broken", "prior-only", "overfit", "too-few-updates"],
            ((0.9, 1), (0.95, 1)), IsTable,
            (r, s) => r.WithData(data => data.MapInputs((x, column) => (column + 0.5) / data.Train.Inputs.Columns < s ? 1f : x)));
        yield return new("inputs-noise", ["inputs-no-signal", "labels-broken"], ["overfit", "capacity-large", "regularization-strong", "split-mismatch"],
            ((1, 2), (1, 0.7)), HasArrays,
            (r, s) => r.WithData(data => data with { Train = Noise(data.Train, s, 1), Test = Noise(data.Test, s, 2) }));
    }
}
