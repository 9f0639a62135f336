using Sonde.Networks.Activations;

namespace Sonde.Networks;

/// <summary>The activations that study files can name.</summary>
public static class ActivationList
{
    /// <summary>All of them, the paper's three first.</summary>
    public static IReadOnlyList<Activation> All { get; } =
    [
        new Activation<Sigmoid>("sigmoid") { Lower = 0, Upper = 1 },
        new Activation<Tanh>("tanh") { Lower = -1, Upper = 1 },
        new Activation<Softsign>("softsign") { Lower = -1, Upper = 1 },
        new Activation<Relu>("relu") { Lower = 0 },
        new Activation<LeakyRelu>("leaky-relu"),
        new Activation<Elu>("elu") { Lower = -1 },
        new Activation<Softplus>("softplus") { Lower = 0 },
        new Activation<HardTanh>("hard-tanh") { Lower = -1, Upper = 1 },
        new Activation<Linear>("linear"),
    ];

    /// <summary>The activation of this name, or null.</summary>
    public static Activation? Find(string name) => All.FirstOrDefault(a => a.Name == name);
}
