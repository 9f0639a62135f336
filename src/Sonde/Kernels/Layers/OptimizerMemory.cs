using Sonde.Kernels.Dense;

namespace Sonde.Kernels.Layers;

/// <summary>Names what optimizers remember.</summary>
internal static class OptimizerMemory
{
    /// <summary>Returns the names of what an optimizer remembers of each parameter: none, one or two.</summary>
    public static IReadOnlyList<string> NamesOf<TOptimizer>() where TOptimizer : struct, IOptimizer<TOptimizer> =>
        [.. ((string?[])[TOptimizer.FirstMemory, TOptimizer.SecondMemory]).OfType<string>()];
}
