using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>The weight gradient of <see cref="DenseUpdateSimd"/> for many examples and sixteen registers: z and dCost/ds are first copied into panels, so that
/// the loop over the examples reads both in the order of memory.</summary>
/// <remarks>Every sum has the order of <see cref="DenseUpdateSimd"/>, and so the same bits. Without panels each example's values are on a page of their own,
/// and the caches cannot fetch them ahead: at 512 examples the step had 85 GFLOP/s of 117, and with panels it has 103.</remarks>
internal static unsafe class DenseUpdatePanels
{
    /// <summary>With fewer examples a panel is not read often enough to be worth its copy, and reading the weights twice costs more: back-propagation and step
    /// of 60 examples have 97 GFLOP/s with panels and 93 without, of 32 examples 88 and 92.</summary>
    public const int LeastExamples = 50;

    /// <summary>Floats of z that stay in the second-level cache, and examples of dCost/ds that stay in the first.</summary>
    private const int RowValues = 1 << 17, ExamplesAtOnce = 256;

    private const int Rows = DenseUpdateSimd.Rows, MostVectors = 3;

    // Each thread's own, kept from update to update.
    [ThreadStatic]
    private static PaddedMatrix? room;

    /// <summary>Returns how many rows of weights are handled together, a multiple of a thread's block of rows.</summary>
    public static int RowsAtOnce(int examples) => Math.Max(1, RowValues / examples / DenseUpdateSimd.BlockRows) * DenseUpdateSimd.BlockRows;

    /// <inheritdoc cref="DenseUpdateSimd.WeightGradient"/>
    public static void WeightGradient<TLanes, TSink>(
        float* z, nint zStride, float* sGradient, nint sStride, int batch, int rows, nint weightStride, nint outputs, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TSink : struct, IGradientSink<TLanes>
    {
        nint strip = MostVectors * TLanes.Count;
        var needed = (int)(rows * (batch + strip) + ExamplesAtOnce * strip);
        if (room is null || room.Columns < needed)
            room = new(1, needed, Prefetch.FloatsPerLine);
        float* inputs = room.Data, sums = inputs + rows * (nint)batch, gradients = sums + rows * strip;
        CopyInputs(z, zStride, batch, rows, inputs);
        nint k = 0;
        for (; k <= outputs - strip; k += strip)
            Strip<TLanes, Count.Three, TSink>(inputs, sGradient + k, sStride, batch, rows, weightStride, k, sink, sums, gradients);
        if (outputs - k >= 2 * TLanes.Count)
            Strip<TLanes, Count.Two, TSink>(inputs, sGradient + k, sStride, batch, rows, weightStride, k, sink, sums, gradients);
        else if (outputs > k)
            Strip<TLanes, Count.One, TSink>(inputs, sGradient + k, sStride, batch, rows, weightStride, k, sink, sums, gradients);
    }

    // The sums of all rows wait in memory while the next examples come into the cache.
    private static void Strip<TLanes, TWidth, TSink>(
        float* inputs, float* sGradient, nint sStride, int batch, int rows, nint weightStride, nint offset, TSink sink, float* sums, float* gradients)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TSink : struct, IGradientSink<TLanes>
    {
        int parts = (batch - 1) / ExamplesAtOnce + 1, groups = rows / Rows;
        nint width = TWidth.Value * TLanes.Count, panel = (nint)batch * Rows;
        for (var part = 0; part < parts; part++)
        {
            int n = (int)((long)batch * part / parts), count = (int)((long)batch * (part + 1) / parts) - n;
            float* from = inputs + (nint)n * Rows;
            CopyGradient<TLanes, TWidth>(sGradient + n * sStride, sStride, count, gradients);
            if (parts == 1)
                Sum<TLanes, TWidth, TSink, Count.Zero>(groups, from, panel, gradients, count, sums, weightStride, offset, sink);
            else if (part == 0)
                Sum<TLanes, TWidth, StoreSink<TLanes>, Count.Zero>(groups, from, panel, gradients, count, sums, width, 0, new(sums));
            else if (part < parts - 1)
                Sum<TLanes, TWidth, StoreSink<TLanes>, Count.One>(groups, from, panel, gradients, count, sums, width, 0, new(sums));
            else
                Sum<TLanes, TWidth, TSink, Count.One>(groups, from, panel, gradients, count, sums, weightStride, offset, sink);
        }
    }

    // Strips of four rows, one above the other. Forwards: s[n, k] += z[n, l] W[l, k].
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum<TLanes, TWidth, TSink, TContinues>(
        int groups, float* z, nint panel, float* sGradient, int examples, float* sums, nint weightStride, nint offset, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TSink : struct, IGradientSink<TLanes>
        where TContinues : struct, ICount
    {
        nint width = TWidth.Value * TLanes.Count;
        for (; groups > 0; groups--, z += panel, offset += Rows * weightStride)
        {
            Strip<TLanes, TWidth> row0 = default, row1 = default, row2 = default, row3 = default;
            if (TContinues.Value > 0)
            {
                row0 = Strip<TLanes, TWidth>.Load(sums, TLanes.Count);
                row1 = Strip<TLanes, TWidth>.Load(sums + width, TLanes.Count);
                row2 = Strip<TLanes, TWidth>.Load(sums + 2 * width, TLanes.Count);
                row3 = Strip<TLanes, TWidth>.Load(sums + 3 * width, TLanes.Count);
                sums += Rows * width;
            }
            for (var row = 0; row < Rows; row++)
                sink.Fetch(offset + row * weightStride, (int)width);
            float* inputs = z, gradients = sGradient;
            for (var n = examples; n > 0; n--)
            {
                var g = Strip<TLanes, TWidth>.Load(gradients, TLanes.Count);
                row0.Accumulate(TLanes.Broadcast(inputs[0]), g);
                row1.Accumulate(TLanes.Broadcast(inputs[1]), g);
                row2.Accumulate(TLanes.Broadcast(inputs[2]), g);
                row3.Accumulate(TLanes.Broadcast(inputs[3]), g);
                inputs += Rows;
                gradients += width;
            }
            row0.HandTo(offset, sink);
            row1.HandTo(offset + weightStride, sink);
            row2.HandTo(offset + 2 * weightStride, sink);
            row3.HandTo(offset + 3 * weightStride, sink);
        }
    }

    // For each four rows a panel: their inputs of the first example, then those of the second, and so on. Whole cache lines of z at a time.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyInputs(float* z, nint stride, nint batch, nint rows, float* panels)
    {
        for (nint row = 0; row < rows; row += Prefetch.FloatsPerLine)
        {
            float* from = z + row, to = panels + row * batch;
            var groups = Math.Min(Prefetch.FloatsPerLine, rows - row) / Rows;
            for (var n = batch; n > 0; n--, from += stride, to += Rows)
                for (nint group = 0; group < groups; group++)
                    Vector128.Store(Vector128.Load(from + group * Rows), to + group * Rows * batch);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyGradient<TLanes, TWidth>(float* sGradient, nint stride, int examples, float* panel)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount
    {
        for (; examples > 0; examples--, sGradient += stride, panel += TWidth.Value * TLanes.Count)
            Strip<TLanes, TWidth>.Load(sGradient, TLanes.Count).Store(panel, TLanes.Count);
    }
}
