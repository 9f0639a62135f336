using Sonde.Kernels.Dense;
using Sonde.Kernels.Layers;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Lanes;

namespace Sonde.Engines.Vector;

/// <summary>Computes the curvature of a mini-batch from the costs down through every layer, between its forward pass and its update.</summary>
/// <param name="network">The network after its forward pass; curvature is that of its mini-batch's mean cost.</param>
/// <param name="team">The threads that work.</param>
internal sealed class CurvaturePass<TLanes, TOptimizer>(
    VectorNetwork<TLanes, TOptimizer> network, WorkerTeam team) : IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private readonly LayerCurvature<TLanes, TOptimizer>[] layers =
        [.. network.Layers.Select(layer => new LayerCurvature<TLanes, TOptimizer>(layer, network.Capacity))];

    /// <summary>Does one part of the pass; every thread calls it with its part.</summary>
    /// <param name="share">How much this mini-batch counts in the running means.</param>
    /// <param name="part">Which part, from 0.</param>
    public void Estimate(float share, int part)
    {
        var (first, end) = network.ExamplesOf(part);
        for (var n = first; n < end; n++)
        {
            var curvature = layers[^1].Values.Row(n);
            network.OutputCost.Curvature<float>(
                network.Layers[^1].Preactivation.Row(n), network.Labels[n], network.Layers[^1].Activation.Row(n), curvature);
            foreach (ref var value in curvature)
                value /= network.MeanOver;
        }
        for (var i = layers.Length - 1; i >= 0; i--)
        {
            team.Meet();
            layers[i].Estimate(network.InputOf(i), i == 0 ? null : layers[i - 1], network.Examples, share, part, team.Threads);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var layer in layers)
            layer.Dispose();
    }
}
