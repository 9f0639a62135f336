using Sonde.Engines.Reference;
using Sonde.Engines.Vector;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Threads;
using Sonde.Networks;
using Sonde.Numerics.Lanes;
using Sonde.Optimizers;

namespace Sonde.Engines;

/// <summary>Makes engines: the plain one, or the one on vectors, compiled for its activations, its optimizer and one vector width.</summary>
public static class Engine
{
    /// <summary>Makes an engine, which needs parameters before its first update: <see cref="IEngine.Load"/>.</summary>
    /// <param name="network">The network to train.</param>
    /// <param name="batch">Examples per update, 1 or more.</param>
    /// <param name="optimizer">How parameters move.</param>
    /// <param name="threads">Threads to use, 1 to 1,024; the result does not depend on their number.</param>
    /// <param name="kernels">One of <see cref="KernelChoice.Names"/>; null or empty means what SONDE_KERNELS says, or else the fastest.</param>
    /// <param name="seed">The trial's seed: dropout follows from it.</param>
    /// <exception cref="ArgumentException">This machine has no kernels of that name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">batch or threads is below 1, or threads above 1,024.</exception>
    public static IEngine Create<TOptimizer>(Network network, int batch, TOptimizer optimizer, int threads, string? kernels = null, ulong seed = 0)
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        WorkerTeam.CheckThreads(threads);
        return new CheckedEngine(KernelChoice.Accept(kernels, new Factory<TOptimizer>(network, batch, optimizer, threads, seed)));
    }

    /// <inheritdoc cref="Create{TOptimizer}"/>
    public static IEngine Create(Network network, int batch, Optimizer optimizer, int threads, string? kernels = null, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(optimizer);
        return optimizer.Accept(new OptimizerChoice(network, batch, threads, kernels, seed));
    }

    private sealed record OptimizerChoice(Network Network, int Batch, int Threads, string? Kernels, ulong Seed) : IOptimizerVisitor<IEngine>
    {
        public IEngine Visit<TRule>(TRule rule) where TRule : struct, IOptimizer<TRule> => Create(Network, Batch, rule, Threads, Kernels, Seed);
    }

    private sealed record Factory<TOptimizer>(Network Network, int Batch, TOptimizer Optimizer, int Threads, ulong Seed) : IKernelVisitor<IEngine>
        where TOptimizer : struct, IOptimizer<TOptimizer>
    {
        public IEngine VisitReference() => new ReferenceEngine<TOptimizer>(Network, Batch, Optimizer, Seed);

        public IEngine VisitVector<TLanes>() where TLanes : struct, IVectorLanes<TLanes> =>
            new VectorEngine<TLanes, TOptimizer>(Network, Batch, Optimizer, Threads, Seed);
    }
}
