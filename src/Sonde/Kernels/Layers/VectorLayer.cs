using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Layers;

/// <summary>A dense layer with its parameters and buffers, whose work can be cut into parts for threads.</summary>
/// <remarks>
/// Every number is computed by one part alone, in an order that does not depend on how many there are. Padding of the weights and of
/// dCost/ds is always 0. Other padding is never read into a result, so not even an infinity in it can spread.
/// </remarks>
internal abstract unsafe partial class VectorLayer<TLanes, TOptimizer> : IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    /// <summary>Columns of W and of dCost/ds that stay in the first-level cache while a block of rows is handled.</summary>
    public const int ColumnTile = 512;

    /// <summary>With more examples than this, a tile of that width would leave the weights no room in the first-level cache. Then a block of rows stays in the
    /// second level, while the examples pass by a few at a time. With ten examples that is faster too, 93 instead of 86 GFLOP/s of 117. Optimizers that store
    /// gradients need small tiles.</summary>
    private static int MostExamplesOfTile => TOptimizer.FollowsGradient ? 0 : 12;

    /// <summary>With few examples a tile has as many rows as make about this many weights: calls for smaller ones took a tenth of the time of layers of 100
    /// units. A power of two, as is the most, so that tiles fill the rows of a part.</summary>
    private const int WeightsOfTile = 2048, MostRowsOfTile = RowShare.Block;

    /// <summary>Rows of W that many examples pass by at once in back-propagation: with 32 rows, 512 examples had 98 instead of 102 GFLOP/s.</summary>
    private const int RowsOfMany = 64;

    private readonly PaddedMatrix biases;
    private readonly int fanIn, fanOut;

    // Columns of W that kernels compute: a few less than its padding has, if the vectors are shorter than a cache line.
    private readonly int columns;

    /// <summary>Reserves the memory.</summary>
    /// <param name="fanIn">Inputs of the layer.</param>
    /// <param name="fanOut">Units of the layer.</param>
    /// <param name="examples">The most examples handled at once.</param>
    protected VectorLayer(int fanIn, int fanOut, int examples)
    {
        (this.fanIn, this.fanOut, columns) = (fanIn, fanOut, (fanOut + TLanes.Count - 1) / TLanes.Count * TLanes.Count);
        Parameters = new(fanIn, fanOut, ColumnBlock, MemoryNames.Count);
        biases = Parameters.Biases;
        Preactivation = new(examples, fanOut, ColumnBlock, spreadRows: true);
        Activation = new(examples, fanOut, ColumnBlock, spreadRows: true);
        Gradient = new(examples, fanOut, ColumnBlock, spreadRows: true);
    }

    /// <summary>What the optimizer remembers of each parameter.</summary>
    public static IReadOnlyList<string> MemoryNames { get; } = OptimizerMemory.NamesOf<TOptimizer>();

    /// <summary>Columns that the kernels handle at once.</summary>
    public static int ColumnBlock => Math.Max(TLanes.Count, RowShare.Block);

    /// <summary>W and b, and what the optimizer remembers of them.</summary>
    public PaddedLayerParameters Parameters { get; }

    /// <summary>s, [examples, fanOut].</summary>
    public PaddedMatrix Preactivation { get; }

    /// <summary>z = f(s), or the probabilities of an output layer.</summary>
    public PaddedMatrix Activation { get; }

    /// <summary>dCost/ds of each example, where Cost is the mean over a mini-batch. So dCost/dW is a sum over its examples, and the pass that moves the
    /// weights does not divide.</summary>
    public PaddedMatrix Gradient { get; }

    /// <summary>Computes the sums that make s: over this part's inputs for all units if parts own rows, else over all inputs for this part's units.</summary>
    /// <param name="input">[examples, fanIn], the activations of the layer below; if parts own rows, only this part's columns are read.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="sums">Receives them.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Sum(PaddedMatrix input, int examples, RangeSums<TLanes> sums, int part, int parts)
    {
        var ranges = RowShare.Ranges(fanIn);
        var (first, end) = (0, ranges);
        var (from, to) = (0, columns);
        if (OwnsRows(parts))
            (first, end) = (ranges / parts * part, ranges / parts * (part + 1));
        else
            (from, to) = RowShare.Of(fanOut, part, parts);
        to = Math.Min(to, columns);
        var atOnce = TileSize.Examples(examples);
        for (var n = 0; n < examples && from < to; n += atOnce)
            SumColumns(input, n, Math.Min(atOnce, examples - n), sums, first, end, from, to);
    }

    /// <summary>Computes s and z of this part's units; call it when every part has its sums.</summary>
    /// <param name="examples">How many examples.</param>
    /// <param name="sums">Those of all parts.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Activate(int examples, RangeSums<TLanes> sums, int part, int parts)
    {
        Collect(examples, sums, biases, Preactivation, part, parts);
        var (from, to) = RowShare.Of(fanOut, part, parts);
        Activate(Preactivation.Data + from, examples, to - from, Preactivation.Stride, Activation.Data + from);
    }

    /// <summary>Computes s of all units for some examples; call it when every part has its sums.</summary>
    /// <param name="first">The first example.</param>
    /// <param name="end">The example after the last.</param>
    /// <param name="sums">Those of all parts.</param>
    /// <param name="parts">How many parts.</param>
    public void CollectOutputs(int first, int end, RangeSums<TLanes> sums, int parts) =>
        Collect(first, end - first, sums, biases, Preactivation, 0, Preactivation.PaddedColumns, parts);

    /// <summary>Computes f(s) of a block; called once for each part of a layer, so that the choice of f costs nothing.</summary>
    /// <param name="s">[examples, columns], rows are stride floats apart.</param>
    /// <param name="examples">How many rows.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="stride">Floats between rows.</param>
    /// <param name="activations">As s, overwritten.</param>
    protected abstract void Activate(float* s, int examples, int columns, int stride, float* activations);

    /// <summary>Computes <c>dCost/dz f'(s)</c> of a block, in place.</summary>
    /// <inheritdoc cref="Activate(float*, int, int, int, float*)"/>
    protected abstract void Differentiate(float* s, float* activations, int examples, int columns, int stride, float* gradient);

    /// <summary>Adds biases to the sums of this part's units; call it when every part has its sums.</summary>
    /// <param name="examples">How many examples.</param>
    /// <param name="sums">Those of all parts.</param>
    /// <param name="added">[fanOut], such as b.</param>
    /// <param name="into">[examples, fanOut], such as s.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Collect(int examples, RangeSums<TLanes> sums, PaddedMatrix added, PaddedMatrix into, int part, int parts)
    {
        var (from, to) = RowShare.Of(fanOut, part, parts);
        Collect(0, examples, sums, added, into, from, to, parts);
    }

    private void Collect(int first, int examples, RangeSums<TLanes> sums, PaddedMatrix added, PaddedMatrix into, int from, int to, int parts)
    {
        var ranges = RowShare.Ranges(fanIn);
        if (OwnsRows(parts))
            sums.Combine(ranges, ranges / parts, first, examples, from, to);
        DenseForwardSimd.AddBiases<TLanes>(
            sums.Of(0) + first * sums.Stride + from, sums.Stride, added.Data + from, examples, to - from, into.Stride,
            into.Data + first * (nint)into.Stride + from);
    }

    /// <summary>True if each part reads and moves other rows than the rest, in all three passes.</summary>
    public bool OwnsRows(int parts) => RowShare.IsOwned(fanIn, parts);

    /// <summary>Computes <c>gradient W^T</c> for this part's share of the inputs.</summary>
    /// <param name="gradient">[examples, fanOut], dCost/ds or any other numbers; its padding is multiplied by weights of 0, so it must be finite.</param>
    /// <param name="inputGradient">[examples, fanIn], overwritten.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Propagate(PaddedMatrix gradient, PaddedMatrix inputGradient, int examples, int part, int parts)
    {
        var (first, end) = RowsOf(part, parts);
        var rows = IsMany(examples) ? RowsOfMany : RowsAtOnce(examples);
        var atOnce = TileSize.Examples(examples);
        for (var n = 0; n < examples; n += atOnce)
            for (var j = 0; j < columns; j += ColumnTile)
                for (var (i, count) = (first, 0); i < end; i += count)
                {
                    count = RowsOfTile(i, rows, end);
                    PropagateTile(gradient, inputGradient, n, Math.Min(atOnce, examples - n), i, count, j, Ahead(i, count, j, first, end));
                }
    }

    /// <summary>Computes <c>gradient f'(s)</c>, in place, for the units of this part, for which <see cref="Propagate"/> of the layer above was
    /// called.</summary>
    /// <param name="gradient">[examples, fanOut], such as dCost/dz on entry and dCost/ds on return; its padding becomes 0.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Differentiate(PaddedMatrix gradient, int examples, int part, int parts)
    {
        var (first, end) = RowShare.Of(fanOut, part, parts);
        Differentiate(Preactivation.Data + first, Activation.Data + first, examples, end - first, gradient.Stride, gradient.Data + first);
        if (end > fanOut)
            gradient.ClearPadding(0, examples, gradient.PaddedColumns);
    }

    /// <summary>Passes once over this part's rows of W: computes <c>gradient W^T</c> with the old weights, then moves the weights along
    /// <c>input^T gradient</c>.</summary>
    /// <param name="input">[examples, fanIn].</param>
    /// <param name="gradient">[examples, fanOut], padding 0.</param>
    /// <param name="inputGradient">[examples, fanIn], overwritten; null if it is not needed.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="optimizer">How parameters move.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    [SkipLocalsInit]
    public void UpdateWeights(
        PaddedMatrix input, PaddedMatrix gradient, PaddedMatrix? inputGradient, int examples, TOptimizer optimizer, int part, int parts)
    {
        var (first, end) = RowsOf(part, parts);
        var rows = RowsAtOnce(examples);
        var isPacked = TOptimizer.FollowsGradient && IsMany(examples);
        // With many examples, reading weights twice costs less than waiting for their dCost/ds.
        if (inputGradient is not null && (isPacked || examples > TileSize.MostExamples))
        {
            Propagate(gradient, inputGradient, examples, part, parts);
            inputGradient = null;
        }
        if (isPacked)
        {
            MoveByPanels(input, gradient, examples, optimizer.LearningRate, first, end);
            return;
        }
        var gradients = stackalloc float[TOptimizer.FollowsGradient ? 0 : rows * ColumnTile];
        // With few examples a tile of dCost/ds stays in the cache while the rows pass by in the order of memory.
        for (var j = 0; j < columns; j += ColumnTile)
            for (var (i, count) = (first, 0); i < end; i += count)
            {
                count = RowsOfTile(i, rows, end);
                var ahead = Ahead(i, count, j, first, end);
                if (inputGradient is not null)
                    PropagateTile(gradient, inputGradient, 0, examples, i, count, j, ahead);
                UpdateTile(input, gradient, isFirst: inputGradient is null, examples, i, count, j, ahead, optimizer, gradients);
                // While the last of each row is in the cache.
                if (j + ColumnTile >= columns)
                    Parameters.ClearPadding(i, i + count, columns);
            }
    }

    /// <summary>Moves the biases of this part's units along <see cref="Gradient"/>.</summary>
    [SkipLocalsInit]
    public void UpdateBiases(int examples, TOptimizer optimizer, int part, int parts)
    {
        var gradients = stackalloc float[ColumnTile];
        var (first, end) = RowShare.Of(fanOut, part, parts);
        for (var from = first; from < end; from += ColumnTile)
        {
            var columns = Math.Min(ColumnTile, end - from);
            DenseUpdateSimd.BiasGradient<TLanes>(Gradient.Data + from, Gradient.Stride, examples, columns, gradients);
            ParameterStepSimd.Move<TLanes, TOptimizer>(gradients, columns, optimizer, Parameters.PlaceOfBiases(from));
        }
        if (end > fanOut)
            biases.Padding(0).Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Parameters.Dispose();
        foreach (var matrix in (ReadOnlySpan<PaddedMatrix>)[Preactivation, Activation, Gradient])
            matrix.Dispose();
    }
}
