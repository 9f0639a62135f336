using Sonde.Networks;

namespace Sonde.Diagnosis.Remedies;

/// <summary>Gives hidden layers a rectifier with a slope on both sides, so that no unit is dead for good, and the initializer made for it.</summary>
internal static class LeakRectifiers
{
    public static Remedy? Find(Situation situation)
    {
        var elu = ActivationList.Find("elu")!;
        return situation.Network.SharedActivation == elu ? null : new("leak-rectifiers",
            "elu has a slope below 0 too, so a unit that is off for every example still gets gradients.",
            situation.Settled(new() { Activation = elu, Initializer = Situation.Named("he"), ZeroesBiases = situation.HasOwnBiases }));
    }
}
