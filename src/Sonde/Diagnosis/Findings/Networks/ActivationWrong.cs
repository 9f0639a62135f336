using Sonde.Networks;
using static Sonde.Diagnosis.NumberText;

namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>Several sigmoid layers, one after another, in a network that does not learn well: their slopes of at most 1/4 shrink gradients, and their
/// outputs are
/// not centred [Glorot2010, section 3.1].</summary>
internal static class ActivationWrong
{
    /// <summary>Sigmoid layers from which on they are blamed.</summary>
    public const int LeastLayers = 4;

    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO205", "sigmoid-layers", FaultLabel.ActivationWrong)
    {
        Find = Find,
        Lacks = trial => trial.Network is { Depth: > 0, Activation: null, Activations.Count: 0 } ? "the activation is not recorded" : null,
        Mechanism = "The slope of a sigmoid is at most 1/4, so each layer shrinks the gradient; its outputs are all positive, which drives the layer above, "
            + "and the "
            + "top one first falls to its flat end at 0.",
        Source = "[Glorot2010]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        int[] sigmoid = [.. Enumerable.Range(1, trial.Network.Depth).Where(layer => IsPositiveAndFlat(trial.Network.ActivationOf(layer)))];
        if (sigmoid.Length < LeastLayers || !trial.Fit.IsPoor)
            return null;
        return new(
            Rule.Name,
            $"{Whole(sigmoid.Length)} hidden layers are sigmoid: each passes a quarter of a gradient at most, and is not centred. Use tanh or relu.",
            new Dictionary<string, double> { ["layers"] = sigmoid.Length })
        {
            Confidence = Math.Min(0.9, 0.65 + 0.1 * (sigmoid.Length - LeastLayers)),
            Layers = sigmoid
        };
    }

    private static bool IsPositiveAndFlat(Activation? activation) => activation is { Lower: 0, Upper: 1 };
}
