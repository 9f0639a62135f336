using Sonde.Engines.Reference;
using Sonde.Engines.Vector;
using Sonde.Kernels.Dense;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Optimizers;

namespace Sonde.Engines;

/// <summary>The one place that chooses which kernels train a network.</summary>
public static class Engine
{
    /// <summary>The environment variable that forces a kernel.</summary>
    public const string Variable = "SONDE_KERNELS";

    /// <summary>The kernels this machine can run at full speed, fastest first; the last is the plain reference.</summary>
    public static IReadOnlyList<string> Available { get; } =
    [
        .. Lanes16.IsAccelerated ? ["vector512"] : (string[])[],
        .. Lanes8.IsAccelerated ? ["vector256"] : (string[])[],
        .. Lanes4.IsAccelerated ? ["vector128"] : (string[])[],
        "reference",
    ];

    /// <summary>Makes an engine.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="batch">Examples per update.</param>
    /// <param name="optimizer">How parameters move.</param>
    /// <param name="threads">Threads to use; the result does not depend on it.</param>
    /// <param name="kernels">A name of <see cref="Available"/>; null means what SONDE_KERNELS says, or else the fastest.</param>
    /// <exception cref="ArgumentException">There are no kernels of that name.</exception>
    public static IEngine Create<TOptimizer>(Network network, int batch, TOptimizer optimizer, int threads, string? kernels = null)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        var name = kernels ?? Environment.GetEnvironmentVariable(Variable);
        if (string.IsNullOrEmpty(name))
            name = Available[0];
        return network.Activation.Accept(new Factory<TOptimizer>(network, batch, optimizer, threads, name));
    }

    /// <inheritdoc cref="Create{TOptimizer}"/>
    public static IEngine Create(Network network, int batch, Optimizer optimizer, int threads, string? kernels = null)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return optimizer.Accept(new OptimizerChoice(network, batch, threads, kernels));
    }

    private sealed record OptimizerChoice(Network Network, int Batch, int Threads, string? Kernels) : IOptimizerVisitor<IEngine>
    {
        public IEngine Visit<TRule>(TRule rule) where TRule : struct, IOptimizer<TRule> => Create(Network, Batch, rule, Threads, Kernels);
    }

    private sealed record Factory<TOptimizer>(Network Network, int Batch, TOptimizer Optimizer, int Threads, string Kernels) : IActivationVisitor<IEngine>
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        public IEngine Visit<TFunction>() where TFunction : struct, IActivation => Kernels switch
        {
            "vector512" when Lanes16.IsAccelerated => new VectorEngine<Lanes16, TFunction, TOptimizer>(Network, Batch, Optimizer, Threads),
            "vector256" when Lanes8.IsAccelerated => new VectorEngine<Lanes8, TFunction, TOptimizer>(Network, Batch, Optimizer, Threads),
            "vector128" when Lanes4.IsAccelerated => new VectorEngine<Lanes4, TFunction, TOptimizer>(Network, Batch, Optimizer, Threads),
            "reference" => new ReferenceEngine<TFunction, TOptimizer>(Network, Batch, Optimizer),
            _ => throw Unknown(Kernels),
        };
    }

    /// <summary>The error for kernels that this machine does not have.</summary>
    internal static ArgumentException Unknown(string kernels) => new(
        $"Expected kernels of this machine ({string.Join(", ", Available)}), got '{kernels}'. Correct {Variable}, or unset it to have the fastest.");
}
