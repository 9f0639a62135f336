using Sonde.Networks;
using Sonde.Numerics.Checks;

namespace Sonde.Optimizers;

/// <summary>The state of an optimizer: how many updates it took, and what it remembers of each parameter.</summary>
/// <param name="memories">What it remembers, each of the shape of the parameters; empty for plain gradient descent.</param>
public sealed class OptimizerState(IReadOnlyList<(string Name, Parameters Values)> memories)
{
    private long steps;

    /// <summary>Makes a state with all memories 0.</summary>
    /// <param name="network">The network that is trained.</param>
    /// <param name="names">What is remembered.</param>
    public OptimizerState(Network network, IReadOnlyList<string> names)
        : this([.. Given.NotNull(names, nameof(names)).Select(name => (name, Parameters.Empty(network)))])
    {
    }

    /// <summary>What is remembered, such as <c>velocity</c>.</summary>
    public IReadOnlyList<string> Names { get; } = [.. Given.NotNull(memories, nameof(memories)).Select(memory => memory.Name)];

    /// <summary>The memories in the order of <see cref="Names"/>.</summary>
    public IReadOnlyList<Parameters> Memory { get; } = [.. memories.Select(memory => memory.Values)];

    /// <summary>Updates taken.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public long Steps
    {
        get => steps;
        set
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            steps = value;
        }
    }

    /// <summary>Copies everything into another state of the same optimizer.</summary>
    /// <returns>The other state.</returns>
    public OptimizerState CopyTo(OptimizerState other)
    {
        ArgumentNullException.ThrowIfNull(other);
        CheckNames(other.Names);
        foreach (var (from, to) in Memory.Zip(other.Memory))
            from.CopyTo(to);
        other.Steps = Steps;
        return other;
    }

    internal void CheckNames(IReadOnlyList<string> expected)
    {
        static string Text(IReadOnlyList<string> names) => names.Count == 0 ? "nothing" : string.Join(" and ", names);
        if (!Names.SequenceEqual(expected))
            throw new ArgumentException(
                $"Expected the state of an optimizer that remembers {Text(expected)}, got one that remembers {Text(Names)}. Continue with the optimizer "
                + "that trained so far.");
    }
}
