using Sonde.Kernels.Dense;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Baselines.Kernels;

/// <summary>The vector form: inner products by the kernel that carries gradients backwards, then distances and exponentials.</summary>
internal sealed unsafe class RadialRowsSimd<TLanes> : RadialRows where TLanes : struct, IVectorLanes<TLanes>
{
    /// <summary>Inputs of the queries that stay in the first-level cache while the examples pass by.</summary>
    private const int InputTile = 512;

    /// <summary>Examples whose inner products stay in the cache until they become kernel values.</summary>
    private const int ExampleTile = 256;

    private const int Rows = DenseUpdateSimd.Rows;

    /// <inheritdoc/>
    public override void SquaredNorms(PaddedMatrix examples, Span<float> norms)
    {
        // Four by four, of which the diagonal counts: a sixteenth of a per mille of the work that follows.
        var products = stackalloc float[Rows * Rows];
        for (var k = 0; k < norms.Length; k += Rows)
        {
            var these = examples.Data + (nint)k * examples.Stride;
            Products(these, examples.Stride, these, examples.Stride, examples.PaddedColumns, Rows, Rows, Rows, products);
            for (var b = 0; b < Rows && k + b < norms.Length; b++)
                norms[k + b] = products[b * Rows + b];
        }
    }

    /// <inheritdoc/>
    public override void Compute(
        PaddedMatrix queries, ReadOnlySpan<float> queryNorms, PaddedMatrix examples, ReadOnlySpan<float> norms, float gamma, int from, int to,
        ReadOnlySpan<int> slots, PaddedMatrix rows)
    {
        var products = stackalloc float[MostQueries * ExampleTile];
        var factor = TLanes.Broadcast(-gamma);
        fixed (float* squares = norms)
            for (var first = from; first < to; first += ExampleTile)
            {
                var some = Math.Min(ExampleTile, to - first);
                Products(
                    examples.Data + (nint)first * examples.Stride, examples.Stride, queries.Data, queries.Stride, examples.PaddedColumns, some, slots.Length,
                    ExampleTile, products);
                for (var b = 0; b < slots.Length; b++)
                {
                    var row = rows.Data + (nint)slots[b] * rows.Stride + first;
                    var square = TLanes.Broadcast(queryNorms[b]);
                    for (var k = 0; k < some; k += TLanes.Count)
                    {
                        var squaresOfBoth = square + TLanes.Load(squares + first + k);
                        var distance = TLanes.FusedMultiplyAdd(TLanes.Of(-2), TLanes.Load(products + b * ExampleTile + k), squaresOfBoth);
                        TLanes.Store(Exponential.Of(factor * TLanes.MaxNative(distance, TLanes.Of(0))), row + k);
                    }
                }
            }
    }

    // products[b, k] = queries[b] examples[k]. The tile of inputs is part of the result: its sums are added up in order.
    private static void Products(
        float* examples, nint exampleStride, float* queries, nint queryStride, int inputs, int exampleCount, int queryCount, nint stride, float* products)
    {
        for (var i = 0; i < inputs; i += InputTile)
            for (var k = 0; k < exampleCount; k += Rows)
                DenseBackwardSimd.Propagate<TLanes>(
                    examples + k * exampleStride + i, exampleStride, Rows, queries + i, queryStride, queryCount, Math.Min(InputTile, inputs - i),
                    Rows * exampleStride, stride, i > 0, products + k);
    }
}
