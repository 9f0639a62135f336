using Sonde.Networks;

namespace Sonde.Diagnosis;

/// <summary>The initializer that keeps the size of signals in layers of an activation.</summary>
internal static class UsualInitializer
{
    /// <summary>Returns it; null stands for an activation that is not known.</summary>
    public static Initializer For(Activation? activation) => InitializerList.Find(activation switch
    {
        { Name: "relu" or "leaky-relu" or "elu" or "gelu" or "silu" or "mish" } => "he",
        { Name: "selu" } => "lecun",
        // Their activations have another mean than 0, which only a look at the examples takes into account.
        { Name: "sigmoid" or "softplus" } => "lsuv",
        _ => "normalized",
    })!;
}
