using static Sonde.FaultBenchmark.Seeded.Faults.FaultLabels;
using static Sonde.FaultBenchmark.Seeded.Faults.Suits;

namespace Sonde.FaultBenchmark.Seeded.Faults;

/// <summary>Faults of the steps: rate, batch, optimizer, how many there are.</summary>
internal static class StepFaults
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FaultKind> All()
    {
        yield return new("rate-high-sgd", ["rate-high"], [.. Unstable, "prior-only", "activation-wrong", "batch-small"],
            ((50, 300), (100, 1000)), r => HasHidden(r) && IsSgd(r),
            (r, s) => r with { Rate = s * r.Rate });
        yield return new("rate-high-adam", ["rate-high"], [.. Unstable, "prior-only", "activation-wrong", "batch-small"],
            ((0.3, 1), (0.5, 2)), r => HasHidden(r) && IsAdam(r),
            (r, s) => r with { Rate = s });
        yield return new("rate-low-sgd", ["rate-low", "too-few-updates"],
            ["init-too-small", "prior-only", "plateau", "optimizer-wrong", "too-linear", "vanishing"],
            ((300, 3000), (1000, 10_000)), IsSgd, (r, s) => r with { Rate = r.Rate / s });
        yield return new("rate-low-adam", ["rate-low", "too-few-updates"], ["init-too-small", "prior-only", "plateau", "too-linear", "vanishing"],
            ((300, 3000), (1000, 10_000)), IsAdam, (r, s) => r with { Rate = r.Rate / s });
        yield return new("momentum-strong", ["rate-high", "optimizer-wrong"], [.. Unstable, "prior-only"],
            ((0.995, 0.998), (0.996, 0.999)), r => HasHidden(r) && IsSgd(r),
            (r, s) => (r with { Optimizer = "momentum" }).WithTraining("momentum", s));
        yield return new("rate-decays", ["rate-low", "too-few-updates"], ["prior-only", "plateau", "optimizer-wrong"], ((1, 10), (3, 30)), IsSgd,
            (r, s) => r.WithTraining("decay", s));
        yield return new("few-updates", ["too-few-updates", "rate-low"], ["batch-large", "prior-only", "plateau", "init-too-small"],
            ((30, 60), (40, 80)), _ => true,
            (r, s) => r with { Updates = (int)s });
        yield return new("batch-large", ["batch-large", "too-few-updates", "rate-low"], ["prior-only", "plateau", "optimizer-wrong"],
            ((10, 20), (15, 25)), r => HasArrays(r) && r.Updates < 5000,
            (r, s) => r with { Batch = 500, Updates = (int)s });
        yield return new("batch-of-one", ["batch-small", "rate-high"], [.. Unstable, "prior-only", "too-few-updates"],
            ((6, 15), (10, 25)), r => HasHidden(r) && IsSgd(r),
            (r, s) => r with { Batch = 1, Rate = s * r.Rate });
        yield return new("plain-descent", ["optimizer-wrong", "rate-low", "too-few-updates"], ["prior-only", "plateau", "init-too-small", "vanishing"],
            ((1, 0.3), (0.5, 0.2)),
            r => IsAdam(r) && HasHidden(r), (r, s) => r with { Optimizer = "sgd", Rate = s * r.Rate });
    }
}
