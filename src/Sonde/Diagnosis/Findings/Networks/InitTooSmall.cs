using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>Weights start so small that signals and gradients shrink from layer to layer.</summary>
internal static class InitTooSmall
{
    /// <summary>A layer below this share of the usual scale is small; the standard initialization of rectifiers has 0.41.</summary>
    public const double LeastScale = 0.25;

    /// <summary>What a stack of layers may shrink a signal to; eight layers of tanh with the standard initialization have 0.012.</summary>
    public const double LeastProduct = 0.004;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO206", "init-too-small", FaultLabel.InitTooSmall)
    {
        Find = Find, Lacks = WeightScale.Lacks,
        Mechanism = "A layer multiplies the variance of its signal by fan-in times the variance of its weights. Far below 1, little arrives at the top, and "
            + "less gradient "
            + "comes back.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var scales = WeightScale.In(trial);
        if (scales.Count == 0)
            return null;
        var small = scales.Where(scale => scale.Larger < LeastScale).ToList();
        var product = scales.Aggregate(1.0, (all, scale) => all * Math.Min(1, scale.Larger));
        if (small.Count == 0 && product >= LeastProduct)
            return null;
        // Small weights delay a network; one that learns, with weights that have grown to their size, has left that behind.
        var isOutgrown = Learning.Find(trial) is not null && (small.Count > 0 ? small.TrueForAll(scale => scale.Growth * scale.Larger >= LeastScale)
            : scales.Aggregate(1.0, (all, scale) => all * Math.Min(1, scale.Growth * scale.Larger)) >= LeastProduct);
        var worst = scales.MinBy(scale => scale.Larger)!;
        return new(
            Rule.Name,
            small.Count > 0
                ? $"Weights start too small: those of layer {worst.Layer} have the sd {Number(worst.Sd)}, {Share(worst.Larger)} of what preserves signals. "
                    + $"Use init: {WeightScale.UsualFor(trial, worst)}."
                : $"Weights start too small for {scales.Count} layers: together they shrink a signal to {Share(product)}. Use init: "
                    + $"{WeightScale.UsualFor(trial, worst)}.",
            new Dictionary<string, double> { ["sd"] = worst.Sd, ["scale"] = worst.Larger, ["product"] = product })
        {
            Confidence = isOutgrown ? 0.45 : small.Count > 0 ? Evidence.Rising(worst.Larger, LeastScale, 0.05, 0.6, 0.93)
                : Evidence.Rising(product, LeastProduct, 1e-5, 0.5, 0.8),
            Layers = [.. (small.Count > 0 ? small : scales).Select(scale => scale.Layer)],
        };
    }
}
