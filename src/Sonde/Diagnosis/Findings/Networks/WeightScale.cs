using Sonde.Networks;
using Sonde.Probes;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>The spread of a hidden layer's weights at the start, in units of the one that preserves the variance of signals or of gradients.</summary>
/// <param name="Layer">1 for the first hidden layer.</param>
/// <param name="Forward">For signals: sd times the root of the fan-in, over 1 (over the root of 2 for rectifiers).</param>
/// <param name="Backward">For gradients: the same with the fan-out.</param>
/// <param name="Sd">The sd.</param>
internal sealed record WeightScale(int Layer, double Forward, double Backward, double Sd)
{
    /// <summary>The larger of the two: a layer is small only if it shrinks both.</summary>
    public double Larger => Math.Max(Forward, Backward);

    /// <summary>The smaller of the two: a layer is large only if it grows both.</summary>
    public double Smaller => Math.Min(Forward, Backward);

    /// <summary>The sd of the weights at the last record over that at the start.</summary>
    public double Growth { get; init; } = 1;

    /// <summary>Returns the scales of all hidden layers; those whose weights or sizes are not known are left out.</summary>
    public static IReadOnlyList<WeightScale> In(TrialHistory trial)
    {
        var scales = new List<WeightScale>();
        for (var layer = 1; layer <= trial.Network.Depth; layer++)
            if (!trial.IsPretrained && trial.Rows(Quantity.Weight, layer) is [{ Update: 0, Sd: > 0 } row, ..]
                && trial.Network.FanIn(layer) is { } fanIn && trial.Network.FanOut(layer) is { } fanOut)
            {
                var usual = IsRectifier(trial.Network.ActivationOf(layer)) ? Math.Sqrt(2) : 1;
                var last = trial.Rows(Quantity.Weight, layer)[^1].Sd;
                scales.Add(new(layer, row.Sd * Math.Sqrt(fanIn) / usual, row.Sd * Math.Sqrt(fanOut) / usual, row.Sd)
                {
                    Growth = double.IsFinite(last) ? last / row.Sd : 1,
                });
            }
        return scales;
    }

    /// <summary>The initializer that preserves the size of signals in a layer.</summary>
    public static string UsualFor(TrialHistory trial, WeightScale scale) => UsualInitializer.For(trial.Network.ActivationOf(scale.Layer)).Name;

    /// <summary>Says what is missing.</summary>
    public static string? Lacks(TrialHistory trial) => trial.Network.Depth == 0 ? null
        : trial.IsPretrained ? "pre-training came before update 0"
        : trial.Rows(Quantity.Weight, 1) is not [{ Update: 0 }, ..] ? "the weights at update 0 were not recorded"
        : trial.Network.FanIn(trial.Network.Depth) is null || trial.Network.FanIn(1) is null ? "the sizes of layers are not recorded" : null;

    private static bool IsRectifier(Activation? activation) => activation is { Lower: 0, Upper: null };
}
