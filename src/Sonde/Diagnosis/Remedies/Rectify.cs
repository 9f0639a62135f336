using Sonde.Networks;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Gives hidden layers a rectifier, with the initializer made for it.</summary>
internal static class Rectify
{
    public static Remedy? Find(Situation situation)
    {
        var (network, relu) = (situation.Network, ActivationList.Find("relu")!);
        var other = Enumerable.Range(1, network.Depth).Where(layer => network.ActivationOf(layer) != relu).ToList();
        return other.Count == 0 ? null : new("rectify",
            "A rectifier passes gradients on undiminished wherever a unit is active, and bends what linear layers cannot.",
            situation.Settled(new() { Activation = relu, Initializer = Situation.Named("he") }));
    }
}
