using Sonde.Networks.Outputs;
using Sonde.Numerics.Checks;

namespace Sonde.Networks;

/// <summary>The outputs that study files can name: softmax, and every activation.</summary>
public static class OutputList
{
    /// <summary>The probabilities of classes.</summary>
    public static Output Softmax { get; } = new Softmax();

    /// <summary>Their names.</summary>
    public static IReadOnlyList<string> Names => [Softmax.Name, .. ActivationList.All.Select(activation => activation.Name)];

    /// <summary>Returns the output of this name.</summary>
    /// <exception cref="ArgumentException">There is none; the message names the nearest.</exception>
    public static Output Get(string name) => Find(name) ?? throw NameSuggestion.Unknown("output", name, Names);

    /// <summary>The output of this name, or null.</summary>
    public static Output? Find(string name) =>
        name == Softmax.Name ? Softmax : ActivationList.Find(name) is { } activation ? new UnitOutput(activation) : null;
}
