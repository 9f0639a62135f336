namespace Sonde.Diagnosis.Remedies;

/// <summary>Starts weights by lsuv, which looks at the examples.</summary>
internal static class FitExamples
{
    public static Remedy? Find(Situation situation) => situation.Network.Initializers.Any(own => own.Name == "lsuv") ? null
        : new("fit-examples", "lsuv scales each layer's weights until its pre-activations have sd 1 on the examples themselves.",
            situation.Settled(new() { Initializer = Situation.Named("lsuv") }));
}
