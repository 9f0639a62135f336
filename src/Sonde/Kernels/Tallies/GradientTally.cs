using System.Runtime.CompilerServices;
using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;
using Sonde.Numerics.Summaries;

namespace Sonde.Kernels.Tallies;

/// <summary>Summarizes dCost/dW of consecutive mini-batches, pooled. No entry is stored: each is computed again for each step.</summary>
/// <param name="z">The layer's input, [mini-batches x batch, inputs].</param>
/// <param name="gradient">dCost/ds of each example, [mini-batches x batch, units].</param>
/// <param name="batch">Examples of a mini-batch.</param>
/// <param name="miniBatches">How many of them.</param>
internal class GradientTally<TLanes>(PaddedMatrix z, PaddedMatrix gradient, int batch, int miniBatches)
    : LayerTally<TLanes>(miniBatches, miniBatches * Tiles(z.Columns, Rows) * Tiles(gradient.Columns, Columns))
    where TLanes : struct, IVectorLanes<TLanes>
{
    // With ten examples of dCost/ds, this many columns stay in the first-level cache for a block's rows.
    private const int Columns = 256, Rows = 128;

    private readonly int rowTiles = Tiles(z.Columns, Rows), tiles = Tiles(z.Columns, Rows) * Tiles(gradient.Columns, Columns);

    private protected override ValueMoments MomentsOf(int piece, TallyWorker worker)
    {
        if (MomentsWithoutEntries(piece) is { } moments)
            return moments;
        worker.Sum(origin: 0);
        for (var block = piece * tiles; block < (piece + 1) * tiles; block++)
            AddBlock(block, worker);
        return worker.Moments;
    }

    [SkipLocalsInit]
    private protected override unsafe void AddBlock(int block, TallyWorker worker)
    {
        const int Line = 64, Least = ValueCells.Widest;
        var memory = stackalloc byte[Rows * Least * sizeof(float) + DenseUpdateSimd.Rows * Columns * sizeof(float) + Line];
        var tile = (float*)(((nint)memory + Line - 1) & -Line);
        var (miniBatch, within) = Math.DivRem(block, tiles);
        var (column, firstRow) = (within / rowTiles * Columns, within % rowTiles * Rows);
        var endRow = Math.Min(firstRow + Rows, z.Columns);
        float* x = z.Data + (nint)miniBatch * batch * z.Stride, d = gradient.Data + (nint)miniBatch * batch * gradient.Stride;
        // First the whole vectors, so that the rows of a tile are side by side.
        var columns = Math.Min(Columns, gradient.Columns - column) & -Least;
        for (var row = firstRow; columns > 0 && row < endRow; row += DenseUpdateSimd.Rows)
            worker.Add<TLanes>(tile, Compute(miniBatch, x, d, row, endRow, column, columns, columns, tile));
        // Then the rest of each row.
        column += columns;
        columns = Math.Min(Columns - columns, gradient.Columns - column);
        var count = 0;
        for (var row = firstRow; columns > 0 && row < endRow; row += DenseUpdateSimd.Rows)
            count += Compute(miniBatch, x, d, row, endRow, column, columns, Least, tile + count);
        worker.Add<TLanes>(tile, count);
    }

    // Computes a tile and moves its rows side by side; returns how many entries it has.
    private unsafe int Compute(int miniBatch, float* x, float* d, int row, int endRow, int column, int columns, int stride, float* tile)
    {
        DenseUpdateSimd.StoreWeightGradient<TLanes>(x + row, z.Stride, d + column, gradient.Stride, batch, stride, columns, tile);
        var rows = Math.Min(DenseUpdateSimd.Rows, endRow - row);
        for (var k = 0; k < rows; k++)
            Finish(miniBatch, tile + k * stride, row + k, column, columns, tile + k * columns);
        return rows * columns;
    }

    /// <summary>Moves a row of a tile next to the row before it.</summary>
    private protected virtual unsafe void Finish(int miniBatch, float* from, int row, int column, int columns, float* to)
    {
        if (to != from)
            new ReadOnlySpan<float>(from, columns).CopyTo(new(to, columns));
    }

    /// <summary>Computes the moments without the entries; null if every entry has to be computed.</summary>
    private protected virtual ValueMoments? MomentsWithoutEntries(int miniBatch) => GradientMoments.Of(z, gradient, miniBatch * batch, batch);

    private static int Tiles(int size, int tile) => (size + tile - 1) / tile;
}
