using Sonde.Kernels.Dense;

namespace Sonde.Kernels.Layers;

/// <summary>What optimizers remember.</summary>
internal static class OptimizerMemory
{
    /// <summary>What an optimizer remembers of each parameter: none, one or two names.</summary>
    public static IReadOnlyList<string> NamesOf<TOptimizer>() where TOptimizer : struct, IOptimizer<TOptimizer> =>
        [.. ((string?[])[TOptimizer.FirstMemory, TOptimizer.SecondMemory]).OfType<string>()];
}
