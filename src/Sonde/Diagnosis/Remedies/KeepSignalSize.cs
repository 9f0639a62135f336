namespace Sonde.Diagnosis.Remedies;

/// <summary>Starts weights so that signals keep their size from layer to layer, by the rule made for the activation.</summary>
internal static class KeepSignalSize
{
    public static Remedy? Find(Situation situation)
    {
        // Its slope is at most 1/4, and its mean is not 0: no rule keeps both signals and gradients.
        if (situation.Network.SharedActivation is { Name: "sigmoid" })
            return null;
        var rule = UsualInitializer.For(situation.Network.SharedActivation ?? situation.Network.Activation);
        return situation.Network.Initializers.Count > 0 && situation.Network.Initializers.All(own => own.Name == rule.Name) ? null
            : new("keep-signal-size", $"Weights that start by {rule} keep the size of signals and gradients from layer to layer.",
                situation.Settled(new() { Initializer = rule, ZeroesBiases = situation.HasOwnBiases }));
    }
}
