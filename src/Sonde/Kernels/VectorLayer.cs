using Sonde.Numerics;

namespace Sonde.Kernels;

/// <summary>A dense layer with its parameters and buffers, whose work can be cut into parts for threads.</summary>
/// <remarks>
/// Every number is computed by one part alone, in an order that does not depend on how many there are. Padding of the weights and of
/// dCost/ds is always 0; other padding is never read into a result, so not even an infinity in it can spread.
/// </remarks>
internal sealed unsafe class VectorLayer<TLanes, TActivation, TOptimizer> : IWeightRows, IDisposable
    where TLanes : struct, IVectorLanes<TLanes>
    where TActivation : struct, IActivation
    where TOptimizer : struct, IOptimizer
{
    private const int RowBlock = RowShare.Block;

    /// <summary>Columns of W and of dCost/ds that stay in the first-level cache while a block of rows is handled.</summary>
    private const int ColumnTile = 512;

    private readonly PaddedMatrix weights, biases;
    private readonly int fanIn, fanOut;

    /// <summary>Reserves the memory.</summary>
    /// <param name="fanIn">Inputs of the layer.</param>
    /// <param name="fanOut">Units of the layer.</param>
    /// <param name="examples">The most examples handled at once.</param>
    public VectorLayer(int fanIn, int fanOut, int examples)
    {
        (this.fanIn, this.fanOut) = (fanIn, fanOut);
        weights = new(RowShare.Blocks(fanIn) * RowBlock, fanOut, ColumnBlock);
        biases = new(1, fanOut, ColumnBlock);
        Preactivation = new(examples, fanOut, ColumnBlock, spreadRows: true);
        Activation = new(examples, fanOut, ColumnBlock, spreadRows: true);
        Gradient = new(examples, fanOut, ColumnBlock, spreadRows: true);
    }

    /// <summary>Columns that the kernels handle at once.</summary>
    public static int ColumnBlock => Math.Max(TLanes.Count, RowBlock);

    /// <inheritdoc/>
    public int FanIn => fanIn;

    /// <inheritdoc/>
    public int FanOut => fanOut;

    /// <summary>s, [examples, fanOut].</summary>
    public PaddedMatrix Preactivation { get; }

    /// <summary>z = f(s), or the probabilities of an output layer.</summary>
    public PaddedMatrix Activation { get; }

    /// <summary>dCost/ds of each example, where Cost is the mean over a mini-batch: so dCost/dW is a sum over its examples, and the pass that moves
    /// the weights has nothing to divide.</summary>
    public PaddedMatrix Gradient { get; }

    /// <summary>Copies parameters in.</summary>
    /// <param name="newWeights">[fanIn, fanOut], row major.</param>
    /// <param name="newBiases">[fanOut].</param>
    public void Load(ReadOnlySpan<float> newWeights, ReadOnlySpan<float> newBiases)
    {
        weights.CopyFrom(newWeights);
        biases.CopyFrom(newBiases);
    }

    /// <summary>Copies parameters out.</summary>
    /// <param name="weightsCopy">[fanIn, fanOut], row major; empty to leave them out.</param>
    /// <param name="biasesCopy">[fanOut]; empty likewise.</param>
    public void Save(Span<float> weightsCopy, Span<float> biasesCopy)
    {
        if (!weightsCopy.IsEmpty)
            weights.CopyTo(weightsCopy);
        if (!biasesCopy.IsEmpty)
            biases.CopyTo(biasesCopy);
    }

    /// <summary>The sums that make s, over this part's inputs for all units where parts own rows, else over all inputs for this part's units.</summary>
    /// <param name="input">[examples, fanIn], the activations of the layer below; where parts own rows, this part's columns of it are enough.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="sums">Receives them.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Sum(PaddedMatrix input, int examples, RangeSums<TLanes> sums, int part, int parts)
    {
        var ranges = RowShare.Ranges(fanIn);
        var (first, end) = (0, ranges);
        var (from, to) = (0, weights.PaddedColumns);
        if (OwnsRows(parts))
            (first, end) = (ranges / parts * part, ranges / parts * (part + 1));
        else
            (from, to) = RowShare.Of(fanOut, part, parts);
        for (var j = from; j < to; j += DenseForwardSimd.ColumnTile)
        {
            var columns = Math.Min(DenseForwardSimd.ColumnTile, to - j);
            for (var range = first; range < end; range++)
            {
                var (row, stop) = (RowShare.StartOf(range, fanIn), Math.Min(fanIn, RowShare.StartOf(range + 1, fanIn)));
                var next = range + 1 < end ? Weights(stop, j) : Weights(RowShare.StartOf(first, fanIn), j + columns);
                DenseForwardSimd.Sum<TLanes>(
                    input.Data + row, input.Stride, Weights(row, j), weights.Stride, examples, stop - row, columns, sums.Stride, next, sums.Of(range) + j);
            }
            sums.Combine(first, end, step: 1, examples, j, j + columns);
        }
    }

    /// <summary>s, and z for a hidden layer, of this part's units; call it when every part has its sums.</summary>
    /// <param name="examples">How many examples.</param>
    /// <param name="sums">Those of all parts.</param>
    /// <param name="isOutput">True to leave z alone.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Activate(int examples, RangeSums<TLanes> sums, bool isOutput, int part, int parts)
    {
        var (from, to) = RowShare.Of(fanOut, part, parts);
        var ranges = RowShare.Ranges(fanIn);
        if (OwnsRows(parts))
            sums.Combine(0, ranges, ranges / parts, examples, from, to);
        float* s = Preactivation.Data + from, z = Activation.Data + from;
        DenseForwardSimd.AddBiases<TLanes>(sums.Of(0) + from, sums.Stride, biases.Data + from, examples, to - from, Preactivation.Stride, s);
        if (!isOutput)
            DenseForwardSimd.Activate<TLanes, TActivation>(s, examples, to - from, Preactivation.Stride, z);
    }

    /// <summary>True where each part reads and moves rows of its own in all three passes.</summary>
    public bool OwnsRows(int parts) => RowShare.IsOwned(fanIn, parts);

    /// <summary>dCost/ds of the layer below, for this part's share of its units.</summary>
    /// <param name="below">The layer below; its gradient is overwritten.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Propagate(VectorLayer<TLanes, TActivation, TOptimizer> below, int examples, int part, int parts)
    {
        var (first, end) = RowShare.Of(fanIn, part, parts);
        for (var j = 0; j < weights.PaddedColumns; j += ColumnTile)
            for (var i = first; i < end; i += DenseUpdateSimd.Rows)
                PropagateTile(below, examples, i, j);
        below.Differentiate(examples, first, end);
    }

    /// <summary>One pass over this part's rows of W: dCost/ds of the layer below by the old weights, then the step of the weights; and the biases.</summary>
    /// <param name="input">[examples, fanIn], the activations of the layer below.</param>
    /// <param name="below">The layer below; null for the first.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="optimizer">How parameters move.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    public void Update(
        PaddedMatrix input, VectorLayer<TLanes, TActivation, TOptimizer>? below, int examples, TOptimizer optimizer, int part, int parts)
    {
        var (first, end) = RowShare.Of(fanIn, part, parts);
        nint stride = weights.Stride;
        // A tile of dCost/ds stays in the cache while the rows pass by in the order of memory.
        for (var j = 0; j < weights.PaddedColumns; j += ColumnTile)
            for (var i = first; i < end; i += DenseUpdateSimd.Rows)
            {
                if (below is not null)
                    PropagateTile(below, examples, i, j);
                DenseUpdateSimd.Reduce<TLanes, StepSink<TLanes, TOptimizer>>(
                    input.Data + i, input.Stride, Gradient.Data + j, Gradient.Stride, examples, stride, Math.Min(ColumnTile, weights.PaddedColumns - j),
                    new(Weights(i, j), below is null ? DenseUpdateSimd.Rows * stride : 0, optimizer));
            }
        for (var i = first; i < end; i++)
            weights.Padding(i).Clear();
        below?.Differentiate(examples, first, end);
        if (part == parts - 1)
            UpdateBiases(examples, optimizer);
    }

    /// <summary>Steps the biases; the work of one part.</summary>
    public void UpdateBiases(int examples, TOptimizer optimizer)
    {
        for (var j = 0; j < biases.PaddedColumns; j += TLanes.Count)
        {
            var sum = TLanes.Load(Gradient.Data + j);
            for (var b = 1; b < examples; b++)
                sum += TLanes.Load(Gradient.Data + (nint)b * Gradient.Stride + j);
            TLanes.Store(optimizer.Step(TLanes.Load(biases.Data + j), sum), biases.Data + j);
        }
        biases.Padding(0).Clear();
    }

    /// <inheritdoc/>
    public float* WeightsAt(int row, int column, out int columns)
    {
        columns = fanOut - column;
        return Weights(row, column);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in (ReadOnlySpan<PaddedMatrix>)[weights, biases, Preactivation, Activation, Gradient])
            matrix.Dispose();
    }

    private float* Weights(int row, int column) => weights.Data + row * (nint)weights.Stride + column;

    private void PropagateTile(VectorLayer<TLanes, TActivation, TOptimizer> below, int examples, int row, int column) =>
        DenseBackwardSimd.Propagate<TLanes>(
            Weights(row, column), weights.Stride, Gradient.Data + column, Gradient.Stride, examples, Math.Min(ColumnTile, weights.PaddedColumns - column),
            below.Gradient.Stride, column > 0, below.Gradient.Data + row);

    // dCost/dz to dCost/ds, for the units that are these rows of the layer above.
    private void Differentiate(int examples, int first, int end)
    {
        DenseBackwardSimd.Differentiate<TLanes, TActivation>(
            Preactivation.Data + first, Activation.Data + first, examples, end - first, Gradient.Stride, Gradient.Data + first);
        if (end > fanOut)
            for (var b = 0; b < examples; b++)
                Gradient.Padding(b).Clear();
    }

}
