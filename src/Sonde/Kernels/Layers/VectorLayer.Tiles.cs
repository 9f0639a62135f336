using Sonde.Kernels.Dense;
using Sonde.Kernels.Threads;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Layers;

/// <summary>How the passes of a layer are cut into tiles.</summary>
internal abstract unsafe partial class VectorLayer<TLanes, TOptimizer>
{
    // Without rows that are padding, but for the last few.
    private (int First, int End) RowsOf(int part, int parts)
    {
        var (first, end) = RowShare.Of(fanIn, part, parts);
        return (first, Math.Min(end, (fanIn + DenseUpdateSimd.Rows - 1) / DenseUpdateSimd.Rows * DenseUpdateSimd.Rows));
    }

    private float* Weights(int row, int column) => Parameters.WeightsAt(row, column);

    // Sums over ranges of inputs. From the last tile to the first: the backward pass goes the other way, so each pass begins with the weights that the other
    // one used last. The order of these tiles changes no sum, unlike that of the backward pass.
    private void SumColumns(PaddedMatrix input, int example, int examples, RangeSums<TLanes> sums, int first, int end, int from, int to)
    {
        var width = TileSize.Columns(examples);
        float* z = input.Data + example * (nint)input.Stride;
        var place = example * sums.Stride;
        for (var tile = (to - from - 1) / width; tile >= 0; tile--)
        {
            var j = from + tile * width;
            var count = Math.Min(width, to - j);
            for (var range = first; range < end; range++)
            {
                var (row, stop) = (RowShare.StartOf(range, fanIn), Math.Min(fanIn, RowShare.StartOf(range + 1, fanIn)));
                var next = range + 1 < end ? Weights(stop, j) : Weights(RowShare.StartOf(first, fanIn), Math.Max(from, j - width));
                DenseForwardSimd.Sum<TLanes>(
                    z + row, input.Stride, Weights(row, j), Parameters.Stride, examples, stop - row, count, sums.Stride, next,
                    RangeSums<TLanes>.JoinsOf(range - first), sums.RangeStride,
                    sums.Of(first + RangeSums<TLanes>.WaitingAt(range - first)) + place + j);
            }
        }
    }

    // Many examples read the weights twice, once for the gradients below and once to move them.
    private static bool IsMany(int examples) => TLanes.Registers < 32 && examples >= DenseUpdatePanels.LeastExamples;

    private int RowsAtOnce(int examples)
    {
        if (examples > MostExamplesOfTile)
            return DenseUpdateSimd.BlockRows;
        var rows = MostRowsOfTile;
        while (rows > DenseUpdateSimd.Rows && rows * Math.Min(columns, ColumnTile) > WeightsOfTile)
            rows /= 2;
        return rows;
    }

    // A tile is on one side of the gap between the rows.
    private int RowsOfTile(int row, int rows, int end) => Math.Min(rows, (row < Parameters.Half ? Math.Min(Parameters.Half, end) : end) - row);

    // Floats from a tile's weights to those of the part's next tile, so that they are fetched in time; 0 after the last. To fetch rows of another part would
    // take them from the cache of its core, so a smaller tile is fetched with some rows before it.
    private nint Ahead(int row, int rows, int column, int first, int end) =>
        row + rows < end ? (nint)(Weights(Math.Min(row + rows, end - rows), column) - Weights(row, column))
        : column + ColumnTile < columns ? (nint)(Weights(first, column + ColumnTile) - Weights(row, column))
        : 0;

    // Weights of the first layer have not been read before in this update, nor has memory of any layer.
    private void UpdateTile(
        PaddedMatrix input, PaddedMatrix gradient, bool isFirst, int examples, int row, int rows, int column, nint ahead, TOptimizer optimizer,
        float* gradients)
    {
        nint stride = Parameters.Stride, count = Math.Min(ColumnTile, columns - column);
        float* z = input.Data + row, g = gradient.Data + column;
        if (!TOptimizer.FollowsGradient)
        {
            DenseUpdateSimd.WeightGradient<TLanes, StoreSink<TLanes>>(
                z, input.Stride, g, gradient.Stride, examples, rows, ColumnTile, count, new(gradients));
            for (var k = 0; k < rows; k++)
                ParameterStepSimd.Move<TLanes, TOptimizer>(gradients + k * ColumnTile, count, optimizer, Parameters.PlaceOfWeights(row + k, column, ahead));
        }
        else if (isFirst)
            DenseUpdateSimd.WeightGradient<TLanes, DescentSink<TLanes, Count.One>>(
                z, input.Stride, g, gradient.Stride, examples, rows, stride, count, new(Weights(row, column), ahead, optimizer.LearningRate));
        else
            DenseUpdateSimd.WeightGradient<TLanes, DescentSink<TLanes, Count.Zero>>(
                z, input.Stride, g, gradient.Stride, examples, rows, stride, count, new(Weights(row, column), 0, optimizer.LearningRate));
    }

    private void MoveByPanels(PaddedMatrix input, PaddedMatrix gradient, int examples, float learningRate, int first, int end)
    {
        for (var (i, rows) = (first, 0); i < end; i += rows)
        {
            rows = RowsOfTile(i, DenseUpdatePanels.RowsAtOnce(examples), end);
            DenseUpdatePanels.WeightGradient<TLanes, DescentSink<TLanes, Count.Zero>>(
                input.Data + i, input.Stride, gradient.Data, gradient.Stride, examples, rows, Parameters.Stride, columns,
                new(Weights(i, 0), 0, learningRate));
            Parameters.ClearPadding(i, i + rows, columns);
        }
    }

    private void PropagateTile(
        PaddedMatrix gradient, PaddedMatrix inputGradient, int example, int examples, int row, int rows, int column, nint ahead) =>
        DenseBackwardSimd.Propagate<TLanes>(
            Weights(row, column), Parameters.Stride, rows, gradient.Data + example * (nint)gradient.Stride + column, gradient.Stride, examples,
            Math.Min(ColumnTile, columns - column), ahead, inputGradient.Stride, column > 0,
            inputGradient.Data + example * (nint)inputGradient.Stride + row);
}
