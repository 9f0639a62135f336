using System.Runtime.CompilerServices;
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
    where TOptimizer : struct, IOptimizer<TOptimizer>
{
    private const int RowBlock = RowShare.Block;

    /// <summary>Columns of W and of dCost/ds that stay in the first-level cache while a block of rows is handled.</summary>
    private const int ColumnTile = 512;

    private readonly PaddedMatrix weights, biases;
    private readonly PaddedMatrix[] weightMemory, biasMemory;
    private readonly PaddedMatrix? squaredInput;
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
        weightMemory = [.. MemoryNames.Select(_ => new PaddedMatrix(weights.Rows, fanOut, ColumnBlock))];
        biasMemory = [.. MemoryNames.Select(_ => new PaddedMatrix(1, fanOut, ColumnBlock))];
        Preactivation = new(examples, fanOut, ColumnBlock, spreadRows: true);
        Activation = new(examples, fanOut, ColumnBlock, spreadRows: true);
        Gradient = new(examples, fanOut, ColumnBlock, spreadRows: true);
        if (!TOptimizer.UsesCurvature)
            return;
        Curvature = new(examples, fanOut, ColumnBlock, spreadRows: true);
        squaredInput = new(examples, fanIn, ColumnBlock, spreadRows: true);
    }

    /// <summary>What the optimizer remembers of each parameter.</summary>
    public static IReadOnlyList<string> MemoryNames { get; } = OptimizerMemory.NamesOf<TOptimizer>();

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

    /// <summary>What stands for d2Cost/ds2 of each example, as <see cref="Gradient"/> does for dCost/ds; null where the optimizer does not use it.</summary>
    public PaddedMatrix? Curvature { get; }

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

    /// <summary>Copies what the optimizer remembers in.</summary>
    /// <param name="index">Of <see cref="MemoryNames"/>.</param>
    /// <param name="ofWeights">[fanIn, fanOut], row major.</param>
    /// <param name="ofBiases">[fanOut].</param>
    public void LoadMemory(int index, ReadOnlySpan<float> ofWeights, ReadOnlySpan<float> ofBiases)
    {
        weightMemory[index].CopyFrom(ofWeights);
        biasMemory[index].CopyFrom(ofBiases);
    }

    /// <summary>Copies what the optimizer remembers out, likewise.</summary>
    public void SaveMemory(int index, Span<float> ofWeights, Span<float> ofBiases)
    {
        weightMemory[index].CopyTo(ofWeights);
        biasMemory[index].CopyTo(ofBiases);
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
        below.Differentiate(below.Gradient, examples, first, end);
    }

    /// <summary>One pass over this part's rows of W: dCost/ds of the layer below by the old weights, then the step of the weights; and the biases.</summary>
    /// <param name="input">[examples, fanIn], the activations of the layer below.</param>
    /// <param name="below">The layer below; null for the first.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="optimizer">How parameters move.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    [SkipLocalsInit]
    public void Update(
        PaddedMatrix input, VectorLayer<TLanes, TActivation, TOptimizer>? below, int examples, TOptimizer optimizer, int part, int parts)
    {
        var (first, end) = RowShare.Of(fanIn, part, parts);
        var gradients = stackalloc float[TOptimizer.FollowsGradient ? 0 : DenseUpdateSimd.Rows * ColumnTile];
        // A tile of dCost/ds stays in the cache while the rows pass by in the order of memory.
        for (var j = 0; j < weights.PaddedColumns; j += ColumnTile)
            for (var i = first; i < end; i += DenseUpdateSimd.Rows)
            {
                if (below is not null)
                    PropagateTile(below, examples, i, j);
                UpdateTile(input, below is null, examples, i, j, optimizer, gradients);
            }
        for (var i = first; i < end; i++)
            weights.Padding(i).Clear();
        below?.Differentiate(below.Gradient, examples, first, end);
        if (part == parts - 1)
            UpdateBiases(examples, optimizer);
    }

    /// <summary>The second back-propagation, which is the first one with W, z and f' squared: this part's rows of the running mean of
    /// <c>z^2 d2Cost/ds2</c>, and <see cref="Curvature"/> of the layer below.</summary>
    /// <param name="input">[examples, fanIn], the activations of the layer below.</param>
    /// <param name="below">The layer below; null for the first.</param>
    /// <param name="examples">How many examples.</param>
    /// <param name="share">How much this mini-batch counts in the mean.</param>
    /// <param name="part">Which part, from 0.</param>
    /// <param name="parts">How many parts.</param>
    [SkipLocalsInit]
    public void EstimateCurvature(PaddedMatrix input, VectorLayer<TLanes, TActivation, TOptimizer>? below, int examples, float share, int part, int parts)
    {
        var (first, end) = RowShare.Of(fanIn, part, parts);
        for (var b = 0; b < examples; b++)
            Square(input.Data + (nint)b * input.Stride + first, end - first, ahead: 0, squaredInput!.Data + (nint)b * squaredInput.Stride + first);
        var ahead = DenseUpdateSimd.Rows * (nint)weights.Stride;
        // Squared weights, then the curvature of the same ones.
        var tile = stackalloc float[DenseUpdateSimd.Rows * ColumnTile];
        for (var j = 0; j < weights.PaddedColumns; j += ColumnTile)
            for (var i = first; i < end; i += DenseUpdateSimd.Rows)
            {
                var columns = Math.Min(ColumnTile, weights.PaddedColumns - j);
                for (var k = 0; below is not null && k < DenseUpdateSimd.Rows; k++)
                    Square(Weights(i + k, j), columns, ahead, tile + k * ColumnTile);
                if (below is not null)
                    DenseBackwardSimd.Propagate<TLanes>(
                        tile, ColumnTile, Curvature!.Data + j, Curvature.Stride, examples, columns, below.Curvature!.Stride, j > 0, below.Curvature.Data + i);
                DenseUpdateSimd.Reduce<TLanes, StoreSink<TLanes>>(
                    squaredInput!.Data + i, squaredInput.Stride, Curvature!.Data + j, Curvature.Stride, examples, ColumnTile, columns, new(tile));
                for (var k = 0; k < DenseUpdateSimd.Rows; k++)
                    ParameterStepSimd.TakeIntoMeans<TLanes>(tile + k * ColumnTile, columns, share, MemoryAt(0, i + k, j), ahead);
            }
        // Twice: the square of f'.
        below?.Differentiate(below.Curvature!, examples, first, end);
        below?.Differentiate(below.Curvature!, examples, first, end);
        for (var j = 0; part == parts - 1 && j < biases.PaddedColumns; j += TLanes.Count)
        {
            TLanes.Store(SumOverExamples(Curvature!, examples, j), tile);
            ParameterStepSimd.TakeIntoMeans<TLanes>(tile, TLanes.Count, share, biasMemory[0].Data + j, ahead: 0);
        }
    }

    /// <summary>Steps the biases; the work of one part.</summary>
    [SkipLocalsInit]
    public void UpdateBiases(int examples, TOptimizer optimizer)
    {
        var gradients = stackalloc float[ColumnTile];
        for (var from = 0; from < biases.PaddedColumns; from += ColumnTile)
        {
            var columns = Math.Min(ColumnTile, biases.PaddedColumns - from);
            for (var j = 0; j < columns; j += TLanes.Count)
                TLanes.Store(SumOverExamples(Gradient, examples, from + j), gradients + j);
            ParameterStepSimd.Move<TLanes, TOptimizer>(gradients, columns, optimizer, new(biases.Data + from, BiasMemory(0, from), BiasMemory(1, from)));
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
    public float* MemoryAt(int index, int row, int column) =>
        index < weightMemory.Length ? weightMemory[index].Data + row * (nint)weights.Stride + column : null;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var matrix in (ReadOnlySpan<PaddedMatrix?>)[weights, biases, .. weightMemory, .. biasMemory, Preactivation, Activation, Gradient, Curvature,
            squaredInput])
            matrix?.Dispose();
    }

    private float* Weights(int row, int column) => weights.Data + row * (nint)weights.Stride + column;

    private static TLanes SumOverExamples(PaddedMatrix values, int examples, int column)
    {
        var sum = TLanes.Load(values.Data + column);
        for (var b = 1; b < examples; b++)
            sum += TLanes.Load(values.Data + (nint)b * values.Stride + column);
        return sum;
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

    private float* BiasMemory(int index, int column) => index < biasMemory.Length ? biasMemory[index].Data + column : null;

    // Weights of the first layer have not been read by anyone before, nor memory of any.
    private void UpdateTile(PaddedMatrix input, bool isFirst, int examples, int row, int column, TOptimizer optimizer, float* gradients)
    {
        nint stride = weights.Stride, columns = Math.Min(ColumnTile, weights.PaddedColumns - column), ahead = DenseUpdateSimd.Rows * stride;
        if (TOptimizer.FollowsGradient)
        {
            DenseUpdateSimd.Reduce<TLanes, DescentSink<TLanes>>(
                input.Data + row, input.Stride, Gradient.Data + column, Gradient.Stride, examples, stride, columns,
                new(Weights(row, column), isFirst ? ahead : 0, optimizer.LearningRate));
            return;
        }
        DenseUpdateSimd.Reduce<TLanes, StoreSink<TLanes>>(
            input.Data + row, input.Stride, Gradient.Data + column, Gradient.Stride, examples, ColumnTile, columns, new(gradients));
        for (var k = 0; k < DenseUpdateSimd.Rows; k++)
            ParameterStepSimd.Move<TLanes, TOptimizer>(gradients + k * ColumnTile, columns, optimizer,
                new(Weights(row + k, column), MemoryAt(0, row + k, column), MemoryAt(1, row + k, column), ahead));
    }

    private void PropagateTile(VectorLayer<TLanes, TActivation, TOptimizer> below, int examples, int row, int column) =>
        DenseBackwardSimd.Propagate<TLanes>(
            Weights(row, column), weights.Stride, Gradient.Data + column, Gradient.Stride, examples, Math.Min(ColumnTile, weights.PaddedColumns - column),
            below.Gradient.Stride, column > 0, below.Gradient.Data + row);

    // dCost/dz to dCost/ds, for the units that are these rows of the layer above.
    private void Differentiate(PaddedMatrix gradient, int examples, int first, int end)
    {
        DenseBackwardSimd.Differentiate<TLanes, TActivation>(
            Preactivation.Data + first, Activation.Data + first, examples, end - first, gradient.Stride, gradient.Data + first);
        if (end > fanOut)
            for (var b = 0; b < examples; b++)
                gradient.Padding(b).Clear();
    }
}
