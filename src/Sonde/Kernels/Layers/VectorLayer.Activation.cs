using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Layers;

/// <summary>A dense layer of one activation, whose formula its kernels are compiled for.</summary>
/// <param name="fanIn">Inputs of the layer.</param>
/// <param name="fanOut">Units of the layer.</param>
/// <param name="examples">The most examples handled at once.</param>
internal sealed unsafe class VectorLayer<TLanes, TActivation, TOptimizer>(int fanIn, int fanOut, int examples)
    : VectorLayer<TLanes, TOptimizer>(fanIn, fanOut, examples)
    where TLanes : struct, IVectorLanes<TLanes>
    where TActivation : struct, IActivation
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <inheritdoc/>
    protected override void Activate(float* s, int examples, int columns, int stride, float* activations) =>
        DenseForwardSimd.Activate<TLanes, TActivation>(s, examples, columns, stride, activations);

    /// <inheritdoc/>
    protected override void Differentiate(float* s, float* activations, int examples, int columns, int stride, float* gradient) =>
        DenseBackwardSimd.Differentiate<TLanes, TActivation>(s, activations, examples, columns, stride, gradient);
}
