namespace Sonde.Diagnosis.Findings.Networks;

/// <summary>Hidden layers have no non-linearity.</summary>
internal static class ActivationMissing
{
    /// <summary>How it is listed.</summary>
    internal static FindingRule Rule { get; } = new("SO204", "activation-missing", FaultLabel.ActivationMissing)
    {
        Find = Find, IsStatic = true,
        Lacks = trial => trial.Network is { Depth: > 0, Activation: null, Activations.Count: 0 } ? "the activation is not recorded" : null,
        Mechanism = "Layers without a non-linearity multiply to one matrix: however many there are, the network computes a linear map.",
        Source = "[Saxe2014]",
    };

    /// <summary>Finds it in a trial, or returns null.</summary>
    public static Finding? Find(TrialHistory trial)
    {
        int[] linear = [.. Enumerable.Range(1, trial.Network.Depth).Where(layer => trial.Network.ActivationOf(layer)?.Name == "linear")];
        if (linear.Length == 0)
            return null;
        var areAll = linear.Length == trial.Network.Depth;
        return new(
            Rule.Name,
            areAll ? "No hidden layer has a non-linearity, so the network is no more than a linear map. Give hidden layers an activation such as relu."
                : $"Hidden layer {string.Join(", ", linear)} has no non-linearity and adds nothing that the next layer could not do.",
            new Dictionary<string, double> { ["linearLayers"] = linear.Length, ["depth"] = trial.Network.Depth })
        {
            Confidence = areAll ? trial.Fit.Need > 0 ? 0.9 : 0.55 : 0.45, Layers = linear,
        };
    }
}
