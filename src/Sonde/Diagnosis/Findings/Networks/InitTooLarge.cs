using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>Weights start so large that units saturate, or signals explode from layer to layer.</summary>
internal static class InitTooLarge
{
    /// <summary>A layer above this multiple of the usual scale is large.</summary>
    public const double MostScale = 3;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO207", "init-too-large", FaultLabel.InitTooLarge)
    {
        Find = Find, Lacks = WeightScale.Lacks,
        Mechanism = "Large weights make large pre-activations: units of bounded activations start on their flat ends, and those of others grow from layer to "
            + "layer.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        var scales = WeightScale.In(trial);
        var large = scales.Where(scale => scale.Smaller > MostScale || scale.Forward > 2 * MostScale).ToList();
        if (large.MaxBy(scale => scale.Forward) is not { } worst)
            return null;
        return new(
            Rule.Name,
            $"Weights start too large: those of layer {worst.Layer} have the sd {Number(worst.Sd)}, {Times(worst.Forward)} times what preserves signals. Use "
                + $"init: {WeightScale.UsualFor(trial, worst)}.",
            new Dictionary<string, double> { ["sd"] = worst.Sd, ["scale"] = worst.Forward })
        {
            Confidence = Evidence.Rising(worst.Forward, MostScale, 10, 0.6, 0.95), Layers = [.. large.Select(scale => scale.Layer)],
        };
    }
}
