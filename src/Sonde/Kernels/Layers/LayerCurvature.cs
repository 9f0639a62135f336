using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Layers;

/// <summary>Does the second back-propagation through a layer, the first one with W, z and f' squared, and updates the running mean of <c>z^2 d2Cost/ds2</c>
/// that the optimizer remembers of each parameter.</summary>
/// <param name="layer">The layer; its optimizer uses curvature.</param>
/// <param name="examples">The most examples handled at once.</param>
internal sealed unsafe class LayerCurvature<TLanes, TOptimizer>(VectorLayer<TLanes, TOptimizer> layer, int examples) : IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private const int ColumnTile = VectorLayer<TLanes, TOptimizer>.ColumnTile;

    private readonly PaddedLayerParameters parameters = layer.Parameters;
    private readonly PaddedMatrix squaredInput =
        new(examples, layer.Parameters.FanIn, VectorLayer<TLanes, TOptimizer>.ColumnBlock, spreadRows: true);

    /// <summary>The approximate d2Cost/ds2 of each example, [examples, fanOut], scaled like the layer's gradient.</summary>
    public PaddedMatrix Values { get; } =
        new(examples, layer.Parameters.FanOut, VectorLayer<TLanes, TOptimizer>.ColumnBlock, spreadRows: true);

    /// <summary>Updates this part's rows of the mean, and computes <see cref="Values"/> of the layer below.</summary>
    /// <param name="input">[examples, fanIn], the activations of the layer below.</param>
    /// <param name="below">The layer below; null for the first.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="share">How much this mini-batch counts in the mean.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    [SkipLocalsInit]
    public void Estimate(PaddedMatrix input, LayerCurvature<TLanes, TOptimizer>? below, int examples, float share, int part, int parts)
    {
        var (first, end) = RowShare.Of(parameters.FanIn, part, parts);
        for (var b = 0; b < examples; b++)
            Square(input.Data + (nint)b * input.Stride + first, end - first, ahead: 0, squaredInput.Data + (nint)b * squaredInput.Stride + first);
        var ahead = DenseUpdateSimd.Rows * (nint)parameters.Stride;
        // Squared weights first, then their curvature.
        var tile = stackalloc float[DenseUpdateSimd.Rows * ColumnTile];
        for (var j = 0; j < parameters.PaddedColumns; j += ColumnTile)
            for (var i = first; i < end; i += DenseUpdateSimd.Rows)
            {
                var columns = Math.Min(ColumnTile, parameters.PaddedColumns - j);
                for (var k = 0; below is not null && k < DenseUpdateSimd.Rows; k++)
                    Square(parameters.WeightsAt(i + k, j), columns, ahead, tile + k * ColumnTile);
                if (below is not null)
                    DenseBackwardSimd.Propagate<TLanes>(
                        tile, ColumnTile, DenseUpdateSimd.Rows, Values.Data + j, Values.Stride, examples, columns, 0, below.Values.Stride,
                        j > 0, below.Values.Data + i);
                DenseUpdateSimd.WeightGradient<TLanes, StoreSink<TLanes>>(
                    squaredInput.Data + i, squaredInput.Stride, Values.Data + j, Values.Stride, examples, DenseUpdateSimd.Rows, ColumnTile, columns,
                    new(tile));
                for (var k = 0; k < DenseUpdateSimd.Rows; k++)
                    ParameterStepSimd.UpdateMeans<TLanes>(tile + k * ColumnTile, columns, share, parameters.MemoryAt(0, i + k, j), ahead);
            }
        below?.DifferentiateTwice(examples, part, parts);
        for (var j = 0; part == parts - 1 && j < parameters.PaddedColumns; j += TLanes.Count)
        {
            DenseUpdateSimd.BiasGradient<TLanes>(Values.Data + j, Values.Stride, examples, TLanes.Count, tile);
            ParameterStepSimd.UpdateMeans<TLanes>(tile, TLanes.Count, share, parameters.BiasMemoryAt(0, j), ahead: 0);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        squaredInput.Dispose();
        Values.Dispose();
    }

    // The square of f'.
    private void DifferentiateTwice(int examples, int part, int parts)
    {
        layer.Differentiate(Values, examples, part, parts);
        layer.Differentiate(Values, examples, part, parts);
    }

    private static void Square(float* from, int count, nint ahead, float* to)
    {
        for (var j = 0; j < count; j += TLanes.Count)
        {
            Prefetch.Read(from + ahead + j);
            var value = TLanes.Load(from + j);
            TLanes.Store(value * value, to + j);
        }
    }
}
