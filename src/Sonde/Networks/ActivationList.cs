using Sonde.Networks.Activations;
using Sonde.Numerics.Checks;

namespace Sonde.Networks;

/// <summary>The activations that study files can name: those of Sonde, and those that a program adds.</summary>
public static class ActivationList
{
    private static readonly Lock Registering = new();

    private static Activation[] all =
    [
        new Activation<Sigmoid>("sigmoid") { Lower = 0, Upper = 1 },
        new Activation<Tanh>("tanh") { Lower = -1, Upper = 1 },
        new Activation<Softsign>("softsign") { Lower = -1, Upper = 1 },
        new Activation<Relu>("relu") { Lower = 0 },
        new Activation<LeakyRelu>("leaky-relu"),
        new Activation<Elu>("elu") { Lower = -1 },
        new Activation<Softplus>("softplus") { Lower = 0 },
        new Activation<HardTanh>("hard-tanh") { Lower = -1, Upper = 1 },
        new Activation<Selu>("selu") { Lower = -1.7580993408473766 },
        new Activation<Gelu>("gelu") { Lower = 0 },
        new Activation<Silu>("silu") { Lower = 0 },
        new Activation<Mish>("mish") { Lower = 0 },
        new Activation<Linear>("linear"),
    ];

    /// <summary>All of them: the paper's three first, the registered ones last.</summary>
    public static IReadOnlyList<Activation> All => Volatile.Read(ref all);

    /// <summary>Returns the activation of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static Activation Get(string name) => Find(name) ?? throw NameSuggestion.Unknown("activation", name, [.. All.Select(activation => activation.Name)]);

    /// <summary>Finds the activation of this name; null if there is none.</summary>
    public static Activation? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return All.FirstOrDefault(activation => activation.Name == name);
    }

    /// <summary>Adds an activation, so that studies, records and figures know it by name. Do this before a study is read.</summary>
    /// <param name="activation">An activation whose name no other has: lower-case letters, digits and hyphens, first a letter.</param>
    /// <exception cref="ArgumentException">The name is taken, or is not such a word.</exception>
    public static void Register(Activation activation)
    {
        ArgumentNullException.ThrowIfNull(activation);
        ListedName.Check(activation.Name, "activation");
        lock (Registering)
        {
            if (Find(activation.Name) is not null)
                throw new ArgumentException($"There is already an activation named '{activation.Name}'. Give this one another name.", nameof(activation));
            Volatile.Write(ref all, [.. all, activation]);
        }
    }
}
