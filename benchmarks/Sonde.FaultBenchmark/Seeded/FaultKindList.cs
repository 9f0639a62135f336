using Sonde.Numerics.Random;

namespace Sonde.FaultBenchmark.Seeded;

/// <summary>Every kind of fault: what it does to a healthy network, and which labels are right then.</summary>
internal static class FaultKindList
{
    // What any badly scaled network shows, or what hides the true fault in part: neither right nor wrong.
    private static readonly string[] States =
        ["vanishing", "exploding", "saturated-at-start", "saturating", "dead-units", "non-finite", "too-linear"];

    private static readonly string[] Scale = [.. States, "init-too-large", "init-too-small", "rate-high", "rate-low", "too-few-updates", "optimizer-wrong"];

    private static readonly string[] Slow = [.. States, "init-too-small", "rate-low", "too-few-updates", "optimizer-wrong"];

    private static readonly string[] Unstable = [.. States, "init-too-large", "optimizer-wrong", "symmetric-units"];

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<FaultKind> All { get; } = [.. InputFaults(), .. TargetFaults(), .. NetworkFaults(), .. StepFaults(), .. FitFaults()];

    private static IEnumerable<FaultKind> InputFaults()
    {
        yield return new("inputs-large", ["inputs-unscaled"], [.. Scale, "activation-wrong"], ((100, 1000), (255, 3000)), r => HasArrays(r) && (IsSgd(r) || r.HasSquashingUnits),
            (r, s) => r.WithData(data => data.MapInputs((x, _) => (float)(s * x))));
        yield return new("inputs-pixels", ["inputs-unscaled", "inputs-uncentred"], [.. Scale, "activation-wrong"], ((255, 1000), (255, 600)), r => HasArrays(r) && HasHidden(r),
            (r, s) => r.WithData(data => data.MapInputs((x, _) => (float)(s * Math.Clamp(0.5 + x / 5, 0, 1)))));
        yield return new("inputs-mixed-units", ["inputs-unscaled"], [.. Scale, "inputs-uncentred"], ((300, 3000), (1000, 10_000)), r => IsTable(r) && HasHidden(r),
            (r, s) => r.WithData(data => data.MapInputs((x, column) => column % 3 == 1 ? (float)(s * x) : x)));
        yield return new("inputs-small", ["inputs-unscaled"], [.. Slow, "capacity-small", "prior-only"], ((0.01, 0.001), (0.004, 0.0005)), r => HasArrays(r) && IsSgd(r),
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

    private static IEnumerable<FaultKind> TargetFaults()
    {
        string[] memorized = ["overfit", "capacity-large", "too-few-updates", "capacity-small", "split-mismatch"];
        yield return new("labels-shuffled", ["labels-broken", "inputs-no-signal"], memorized, ((1, 0.9), (1, 0.85)), r => HasArrays(r) && IsSoftmax(r),
            (r, s) => r.WithData(data => data with { Train = Shuffled(data.Train, s, 1), Test = Shuffled(data.Test, s, 2) }));
        yield return new("targets-shuffled", ["labels-broken", "inputs-no-signal"], memorized, ((1, 0.9), (1, 0.85)), r => r.IsRegression || r.AsksYesNo,
            (r, s) => r.WithData(data => data with { Train = Shuffled(data.Train, s, 1), Test = Shuffled(data.Test, s, 2) }));
        yield return new("labels-noisy", ["labels-broken"], [.. memorized, "inputs-no-signal", "regularization-strong"], ((0.5, 0.6), (0.55, 0.65)), r => HasArrays(r) && IsSoftmax(r),
            (r, s) => r.WithData(data => data with { Train = Shuffled(data.Train, s, 1), Test = Shuffled(data.Test, s, 2) }));
        yield return new("labels-constant", ["labels-broken", "labels-imbalanced", "split-mismatch"], ["prior-only", "overfit"], ((0, 1), (0, 1)),
            r => HasArrays(r) && !r.IsRegression, (r, s) => r.WithData(data => data with { Train = data.Train with { Targets = data.Train.Targets.Map((_, _) => (float)s) } }));
        yield return new("labels-imbalanced", ["labels-imbalanced", "split-mismatch"], ["prior-only", "overfit", "too-few-updates", "capacity-large"],
            ((0.98, 0.99), (0.985, 0.995)), r => HasArrays(r) && !r.IsRegression, (r, s) => r.WithData(data => data with { Train = Imbalanced(data.Train, s) }));
        yield return new("split-by-class", ["split-mismatch"], ["labels-imbalanced", "overfit", "labels-broken"], ((0.5, 0.7), (0.6, 0.4)),
            r => HasArrays(r) && IsSoftmax(r) && r.Data.Classes > 2, (r, s) => r.WithData(data => data with { Train = Keep(data.Train, (_, label) => label >= s * data.Classes) }));
        yield return new("split-by-input", ["split-mismatch"], ["overfit", "capacity-large", "labels-imbalanced"], ((0.3, 0.8), (0.5, 1)), r => IsTable(r) && HasHidden(r),
            (r, s) => r.WithData(data => data with { Train = Keep(data.Train, (x, _) => x > s) }));
        yield return new("targets-large", ["targets-unscaled"], [.. Scale, "cost-wrong"], ((100, 1000), (300, 3000)), r => r.IsRegression,
            (r, s) => r.WithData(data => data.MapTargets((t, _) => (float)(s * t))));
        yield return new("targets-offset", ["targets-unscaled"], [.. Scale, "output-activation-wrong", "prior-only"], ((100, 1000), (300, 3000)), r => r.IsRegression,
            (r, s) => r.WithData(data => data.MapTargets((t, _) => (float)(s + t))));
    }

    private static IEnumerable<FaultKind> NetworkFaults()
    {
        yield return new("sigmoid-deep", ["vanishing", "activation-wrong"], [.. Slow, "prior-only", "plateau", "optimizer-wrong"], ((5, 9), (7, 12)), r => HasHidden(r) && IsSgd(r),
            (r, s) => WithDepth(r, (int)s) with { Activation = "sigmoid", Init = "normalized" });
        yield return new("init-small", ["init-too-small", "vanishing"], [.. Slow, "prior-only", "plateau"], ((0.1, 0.02), (0.05, 0.01)), IsDeep,
            (r, s) => r.MapLayers((layer, _) => layer with { Init = null }) with { Init = Gaussian(s, r) });
        yield return new("init-large-squashing", ["init-too-large", "saturated-at-start"], [.. Unstable, "rate-high", "rate-low", "overfit"], ((8, 30), (15, 60)),
            r => r.HasSquashingUnits && r.Layers.Count > 1, (r, s) => r with { Init = Gaussian(s, r) });
        yield return new("init-large-relu", ["init-too-large", "exploding"], [.. Unstable, "rate-high"], ((8, 20), (12, 40)), r => IsRelu(r) && r.Layers.Count > 1,
            (r, s) => r with { Init = Gaussian(s, r) });
        yield return new("init-large-one-layer", ["init-too-large", "saturated-at-start"], [.. Unstable, "rate-high", "rate-low", "overfit"], ((50, 300), (100, 1000)),
            r => r.HasSquashingUnits && r.Layers.Count > 1, (r, s) => r.MapLayers((layer, k) => k == Middle(r) ? layer with { Init = Gaussian(s, r) } : layer))
        {
            Layer = r => Middle(r),
        };
        yield return new("dead-biases", ["dead-units"], ["activation-wrong", "init-too-small", "init-too-large", "vanishing", "rate-low", "too-few-updates"],
            ((6, 20), (10, 40)), IsRelu, (r, s) => r with { BiasInit = $"constant({Recipe.Text(-s)})" });
        yield return new("symmetric", ["symmetric-units"], ["init-too-small", "init-too-large", "vanishing", "too-linear", "prior-only", "dead-units"],
            ((0.1, 0), (0.3, 0.02)), HasHidden, (r, s) => r.MapLayers((layer, _) => layer with { Init = null }) with { Init = $"constant({Recipe.Text(s)})" });
        yield return new("symmetric-one-layer", ["symmetric-units"], ["init-too-small", "init-too-large", "vanishing", "capacity-small", "too-linear"],
            ((0.05, 0.2), (0.1, 0.02)), r => r.Layers.Count > 1,
            (r, s) => r.MapLayers((layer, k) => k == Middle(r) ? layer with { Init = $"constant({Recipe.Text(s)})" } : layer)) { Layer = r => Middle(r) };
        yield return new("cost-mae", ["cost-wrong"], [.. Slow, "prior-only", "plateau"], ((0, 0), (0, 0)), r => IsSoftmax(r) && IsSgd(r), (r, _) => r with { Cost = "mae" });
        yield return new("cost-poisson", ["cost-wrong", "output-activation-wrong"], [.. Scale, "targets-unscaled"], ((0, 0), (0, 0)), r => r.IsRegression,
            (r, _) => r with { Cost = "poisson" });
        yield return new("cost-bce-numbers", ["cost-wrong", "output-activation-wrong"], [.. Scale, "targets-unscaled"], ((0, 0), (0, 0)), r => r.IsRegression,
            (r, _) => r with { Cost = "bce", Output = "sigmoid" }) { Layer = Output };
        yield return new("output-sigmoid", ["output-activation-wrong", "targets-unscaled"], [.. Slow, "capacity-small"], ((1, 3), (2, 5)), r => r.IsRegression,
            (r, s) => r.WithData(data => data.MapTargets((t, _) => (float)(s * t))) with { Output = "sigmoid" }) { Layer = Output };
        yield return new("output-relu", ["output-activation-wrong"], [.. Slow, "capacity-small", "cost-wrong"], ((0, 0.5), (-0.3, 0.3)), r => r.IsRegression,
            (r, s) => r.WithData(data => data.MapTargets((t, _) => (float)(t - s))) with { Output = "relu" }) { Layer = Output };
        yield return new("softmax-of-one", ["output-activation-wrong", "outputs-count-wrong"], ["cost-wrong", "vanishing", "prior-only"], ((0, 0), (0, 0)),
            r => r.AsksYesNo, (r, _) => r with { Output = "softmax" }) { Layer = Output };
        yield return new("one-output-for-classes", ["outputs-count-wrong", "output-activation-wrong", "cost-wrong"], ["capacity-small", "targets-unscaled"], ((0, 0), (0, 0)),
            r => HasArrays(r) && IsSoftmax(r) && r.Data.Classes > 3, (r, _) => r with { Outputs = 1, Output = "sigmoid", Cost = "mse" }) { Layer = Output };
        yield return new("linear-units", ["activation-missing", "too-linear"], ["capacity-small", "activation-wrong", "rate-low"], ((0, 0), (0, 0)), HasHidden,
            (r, _) => r with { Activation = "linear", Init = "normalized" });
        yield return new("few-units", ["capacity-small"], ["too-few-updates", "dead-units", "activation-wrong", "rate-low"], ((1, 2), (1, 2)), r => HasHidden(r) && r.Data.Classes != 2,
            (r, s) => r.MapLayers((layer, _) => layer with { Units = (int)s }));
        yield return new("bottleneck", ["capacity-small"], ["too-few-updates", "dead-units", "activation-wrong", "vanishing"], ((1, 2), (1, 2)),
            r => r.Layers.Count > 1 && r.Data.Classes != 2, (r, s) => r.MapLayers((layer, k) => k == Middle(r) ? layer with { Units = (int)s } : layer))
        {
            Layer = r => Middle(r),
        };
    }

    private static IEnumerable<FaultKind> StepFaults()
    {
        yield return new("rate-high-sgd", ["rate-high"], [.. Unstable, "prior-only", "activation-wrong", "batch-small"], ((50, 300), (100, 1000)), r => HasHidden(r) && IsSgd(r),
            (r, s) => r with { Rate = s * r.Rate });
        yield return new("rate-high-adam", ["rate-high"], [.. Unstable, "prior-only", "activation-wrong", "batch-small"], ((0.3, 1), (0.5, 2)), r => HasHidden(r) && IsAdam(r),
            (r, s) => r with { Rate = s });
        yield return new("rate-low-sgd", ["rate-low", "too-few-updates"], ["init-too-small", "prior-only", "plateau", "optimizer-wrong", "too-linear", "vanishing"],
            ((300, 3000), (1000, 10_000)), IsSgd, (r, s) => r with { Rate = r.Rate / s });
        yield return new("rate-low-adam", ["rate-low", "too-few-updates"], ["init-too-small", "prior-only", "plateau", "too-linear", "vanishing"],
            ((300, 3000), (1000, 10_000)), IsAdam, (r, s) => r with { Rate = r.Rate / s });
        yield return new("momentum-strong", ["rate-high", "optimizer-wrong"], [.. Unstable, "prior-only"], ((0.995, 0.998), (0.996, 0.999)), r => HasHidden(r) && IsSgd(r),
            (r, s) => (r with { Optimizer = "momentum" }).WithTraining("momentum", s));
        yield return new("rate-decays", ["rate-low", "too-few-updates"], ["prior-only", "plateau", "optimizer-wrong"], ((1, 10), (3, 30)), IsSgd,
            (r, s) => r.WithTraining("decay", s));
        yield return new("few-updates", ["too-few-updates", "rate-low"], ["batch-large", "prior-only", "plateau", "init-too-small"], ((5, 20), (10, 15)), _ => true,
            (r, s) => r with { Updates = (int)s });
        yield return new("batch-of-all", ["batch-large", "too-few-updates", "rate-low"], ["prior-only", "plateau", "optimizer-wrong"], ((10, 20), (15, 25)), r => HasArrays(r) && r.Updates < 5000,
            (r, s) => r with { Batch = r.Data.Train, Updates = (int)s });
        yield return new("batch-of-one", ["batch-small", "rate-high"], [.. Unstable, "prior-only", "too-few-updates"], ((6, 15), (10, 25)), r => HasHidden(r) && IsSgd(r),
            (r, s) => r with { Batch = 1, Rate = s * r.Rate });
        yield return new("plain-descent", ["optimizer-wrong", "rate-low", "too-few-updates"], ["prior-only", "plateau", "init-too-small", "vanishing"], ((1, 0.3), (0.5, 0.2)),
            r => IsAdam(r) && HasHidden(r), (r, s) => r with { Optimizer = "sgd", Rate = s * r.Rate });
    }

    private static IEnumerable<FaultKind> FitFaults()
    {
        yield return new("few-examples", ["overfit", "capacity-large"], ["split-mismatch", "batch-large", "labels-imbalanced"], ((25, 60), (15, 40)),
            r => HasArrays(r) && HasHidden(r) && !r.Data.Name.StartsWith("clouds", StringComparison.Ordinal),
            (r, s) => r.WithData(data => data with { Train = data.Train.Select([.. Enumerable.Range(0, (int)s)]) }).MapLayers((layer, _) => layer with { Units = 2 * layer.Units }));
        yield return new("dropout-strong", ["regularization-strong"], ["capacity-small", "too-few-updates", "prior-only", "dead-units"], ((0.9, 0.96), (0.93, 0.98)), HasHidden,
            (r, s) => r.MapLayers((layer, _) => layer with { Dropout = s }));
        yield return new("decay-strong", ["regularization-strong"], ["capacity-small", "vanishing", "prior-only", "init-too-small", "too-linear", "dead-units"],
            ((0.3, 1), (0.5, 2)), r => !r.Training.ContainsKey("schedule"), (r, s) => r.WithTraining("weightDecay", s));
    }

    private static bool HasHidden(Recipe recipe) => recipe.Layers.Count > 0;

    private static bool IsDeep(Recipe recipe) => recipe.Layers.Count >= 3;

    private static bool IsRelu(Recipe recipe) => recipe.Activation == "relu";

    private static bool IsSgd(Recipe recipe) => recipe.Optimizer is "sgd";

    private static bool IsAdam(Recipe recipe) => recipe.Optimizer is "adam";

    private static bool HasArrays(Recipe recipe) => recipe.Data.Stated is null;

    private static bool IsSoftmax(Recipe recipe) => !recipe.IsRegression && !recipe.AsksYesNo;

    private static bool IsTable(Recipe recipe) => HasArrays(recipe) && !recipe.Data.Name.StartsWith("digits", StringComparison.Ordinal);

    private static int Middle(Recipe recipe) => (recipe.Layers.Count + 1) / 2;

    private static int? Output(Recipe recipe) => recipe.Layers.Count + 1;

    // So many times the scale that keeps the variance of linear units.
    private static string Gaussian(double scale, Recipe recipe) => $"gaussian({Recipe.Text(Math.Round(scale / Math.Sqrt(recipe.Layers[0].Units), 6))})";

    private static Recipe WithDepth(Recipe recipe, int depth) => recipe with { Layers = [.. Enumerable.Repeat(recipe.Layers[0], depth)] };

    private static Examples Noise(Examples examples, double sd, ulong seed)
    {
        var random = new RandomKey(seed, "benchmark/noise").Stream();
        return examples with { Inputs = examples.Inputs.Map((_, _) => (float)(sd * random.NextGaussian())) };
    }

    /// <summary>A share of the examples exchange their targets among each other.</summary>
    private static Examples Shuffled(Examples examples, double share, ulong seed)
    {
        var random = new RandomKey(seed, "benchmark/shuffled").Stream();
        var rows = Enumerable.Range(0, examples.Count).ToArray();
        int[] some = [.. rows.Where(_ => random.NextDouble() < share)];
        for (var k = some.Length - 1; k > 0; k--)
        {
            var other = random.NextInt32(k + 1);
            (rows[some[k]], rows[some[other]]) = (rows[some[other]], rows[some[k]]);
        }
        return examples with { Targets = examples.Targets.Select(rows) };
    }

    private static Examples Keep(Examples examples, Func<float, float, bool> keeps) => examples.Select([.. Enumerable.Range(0, examples.Count)
        .Where(n => keeps(examples.Inputs.Values[n * examples.Inputs.Columns], examples.Targets.Values[n * examples.Targets.Columns]))]);

    /// <summary>All examples of the first class, and so few of the others that the first has this share.</summary>
    private static Examples Imbalanced(Examples examples, double share)
    {
        var first = examples.Targets.Values.Count(label => label == 0);
        var others = (int)Math.Max(2, Math.Round(first * (1 - share) / share));
        return examples.Select([.. Enumerable.Range(0, examples.Count).Where(n => examples.Targets.Values[n] == 0 || others-- > 0)]);
    }
}
