using static Sonde.FaultBenchmark.Seeded.Faults.FaultLabels;
using static Sonde.FaultBenchmark.Seeded.Faults.Suits;

namespace Sonde.FaultBenchmark.Seeded.Faults;

/// <summary>Faults of the network: units, initial weights, cost and output.</summary>
internal static class NetworkFaults
{
    /// <summary>All of them.</summary>
    public static IEnumerable<FaultKind> All()
    {
        yield return new("sigmoid-deep", ["vanishing", "activation-wrong"], [.. Slow, "prior-only", "plateau", "optimizer-wrong"],
            ((5, 9), (7, 12)), r => HasHidden(r) && IsSgd(r),
            (r, s) => WithDepth(r, (int)s) with { Activation = "sigmoid", Init = "normalized" });
        yield return new("init-small", ["init-too-small", "vanishing"], [.. Slow, "prior-only", "plateau"], ((0.05, 0.02), (0.03, 0.01)), IsDeep,
            (r, s) => r.MapLayers((layer, _) => layer with { Init = null }) with { Init = Gaussian(s, r) });
        yield return new("init-large-squashing", ["init-too-large", "saturated-at-start"], [.. Unstable, "rate-high", "rate-low", "overfit"],
            ((30, 100), (60, 200)),
            r => r.HasSquashingUnits && r.Layers.Count > 1 && IsHard(r), (r, s) => r with { Init = Gaussian(s, r) });
        yield return new("init-large-relu", ["init-too-large", "exploding"], [.. Unstable, "rate-high"],
            ((20, 60), (40, 100)), r => IsRelu(r) && r.Layers.Count > 1,
            (r, s) => r with { Init = Gaussian(s, r) });
        yield return new("init-large-one-layer", ["init-too-large", "saturated-at-start"], [.. Unstable, "rate-high", "rate-low", "overfit"],
            ((100, 1000), (300, 3000)),
            r => r.HasSquashingUnits && r.Layers.Count > 1 && IsHard(r),
            (r, s) => r.MapLayers((layer, k) => k == Middle(r) ? layer with { Init = Gaussian(s, r) } : layer))
        {
            Layer = r => Middle(r),
        };
        yield return new("dead-biases", ["dead-units"], ["activation-wrong", "init-too-small", "init-too-large", "vanishing", "rate-low", "too-few-updates"],
            ((6, 20), (10, 40)), IsRelu, (r, s) => r with { BiasInit = $"constant({Recipe.Text(-s)})" });
        yield return new("symmetric", ["symmetric-units"], ["init-too-small", "init-too-large", "vanishing", "too-linear", "prior-only", "dead-units"],
            ((0.1, 0), (0.3, 0.02)), r => HasHidden(r) && !HasDropout(r),
            (r, s) => r.MapLayers((layer, _) => layer with { Init = null }) with { Init = $"constant({Recipe.Text(s)})" });
        yield return new("symmetric-one-layer", ["symmetric-units"], ["init-too-small", "init-too-large", "vanishing", "capacity-small", "too-linear"],
            ((0.05, 0.2), (0.1, 0.02)), r => r.Layers.Count > 2 && !HasDropout(r) && r.Data.Classes != 2,
            // The weights into it and those out of it: units whose gradients differ do not stay alike.
            (r, s) => r.MapLayers((layer, k) => k == Middle(r) || k == Middle(r) + 1 ? layer with { Init = $"constant({Recipe.Text(s)})" } : layer))
        {
            Layer = r => Middle(r),
        };
        yield return new("cost-of-classes", ["cost-wrong", "outputs-count-wrong"], [.. Slow, "prior-only", "plateau", "output-activation-wrong"],
            ((0, 0), (0, 0)), r => r.AsksYesNo, (r, _) => r with { Cost = "cross-entropy" })
        { Layer = Output };
        yield return new("cost-poisson", ["cost-wrong", "output-activation-wrong"], [.. Scale, "targets-unscaled"], ((0, 0), (0, 0)), r => r.IsRegression,
            (r, _) => r with { Cost = "poisson" });
        yield return new("cost-bce-numbers", ["cost-wrong", "output-activation-wrong"], [.. Scale, "targets-unscaled"], ((0, 0), (0, 0)), r => r.IsRegression,
            (r, _) => r with { Cost = "bce", Output = "sigmoid" })
        { Layer = Output };
        yield return new("output-sigmoid", ["output-activation-wrong", "targets-unscaled"], [.. Slow, "capacity-small"], ((1, 3), (2, 5)), r => r.IsRegression,
            (r, s) => r.WithData(data => data.MapTargets((t, _) => (float)(s * t))) with { Output = "sigmoid" })
        { Layer = Output };
        yield return new("output-relu", ["output-activation-wrong"], [.. Slow, "capacity-small", "cost-wrong"], ((0, 0.5), (-0.3, 0.3)), r => r.IsRegression,
            (r, s) => r.WithData(data => data.MapTargets((t, _) => (float)(t - s))) with { Output = "relu" })
        { Layer = Output };
        yield return new("softmax-of-one", ["output-activation-wrong", "outputs-count-wrong"], ["cost-wrong", "vanishing", "prior-only"], ((0, 0), (0, 0)),
            r => r.AsksYesNo, (r, _) => r with { Output = "softmax" })
        { Layer = Output };
        yield return new("one-output-for-classes", ["outputs-count-wrong", "output-activation-wrong", "cost-wrong"], ["capacity-small", "targets-unscaled"],
            ((0, 0), (0, 0)),
            r => HasArrays(r) && IsSoftmax(r) && r.Data.Classes > 3, (r, _) => r with { Outputs = 1, Output = "sigmoid", Cost = "mse" })
        { Layer = Output };
        yield return new("linear-units", ["activation-missing", "too-linear"], ["capacity-small", "activation-wrong", "rate-low"],
            ((0, 0), (0, 0)), r => HasHidden(r) && IsCurved(r),
            (r, _) => r with { Activation = "linear", Init = "normalized" });
        yield return new("few-units", ["capacity-small"], ["too-few-updates", "dead-units", "activation-wrong", "rate-low"],
            ((1, 2), (1, 2)), r => HasHidden(r) && r.Data.Classes != 2,
            (r, s) => r.MapLayers((layer, _) => layer with { Units = (int)s }));
        yield return new("bottleneck", ["capacity-small"], ["too-few-updates", "dead-units", "activation-wrong", "vanishing"], ((1, 2), (1, 2)),
            r => r.Layers.Count > 1 && r.Data.Classes != 2, (r, s) => r.MapLayers((layer, k) => k == Middle(r) ? layer with { Units = (int)s } : layer))
        {
            Layer = r => Middle(r),
        };
    }
}
