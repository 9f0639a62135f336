using Sonde.Networks;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Gives linear hidden layers a rectifier; without hidden layers, adds one.</summary>
internal static class BendLinearLayers
{
    private const int Units = 64;

    public static Remedy? Find(Situation situation)
    {
        var (network, relu) = (situation.Network, ActivationList.Find("relu")!);
        List<int> linear = [.. Enumerable.Range(1, network.Depth).Where(layer => network.ActivationOf(layer)?.Name == "linear")];
        if (network.Depth > 0 && linear.Count == 0)
            return null;
        const string why = "Linear layers compute together what one linear layer can; a rectifier between them bends it.";
        return network.Depth == 0
            ? new("add-layer", "Without a hidden layer the network computes a linear function of its inputs.",
                situation.Settled(new() { Units = [Units], Activation = relu, Initializer = Situation.Named("he") }))
            : new("bend-linear-layers", why, situation.Settled(new()
            {
                Activation = relu, ActivationLayers = linear.Count == network.Depth ? [] : linear, Initializer = Situation.Named("he"),
            }));
    }
}
