using System.Runtime.CompilerServices;
using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <see cref="DenseUpdate"/>: <c>dCost/dW = z^T dCost/ds</c>, summed over the examples and handed to a sink in registers.</summary>
/// <remarks>Sizes and names: see the legend of <see cref="DenseForward"/>. The plain form divides by the batch; here dCost/ds is already that of the
/// mini-batch's mean cost, so the sum is the mean.</remarks>
internal static unsafe class DenseUpdateSimd
{
    /// <summary>Rows of W that share each load of dCost/ds.</summary>
    public const int Rows = 4;

    /// <summary>Rows that are handled together if there are many examples: each strip of dCost/ds then stays in the first-level cache for all of
    /// them.</summary>
    public const int BlockRows = 32;

    /// <summary>Examples of a strip of dCost/ds, with their inputs, that the first-level cache has room for; a multiple of the five that the loop handles in a
    /// row.</summary>
    private const int ExamplesAtOnce = 60;

    /// <summary>The widest strip, in vectors.</summary>
    private const int MostVectors = 4;

    /// <summary>Computes the gradient of rows of weights.</summary>
    /// <param name="z">The inputs of these rows, [batch, rows], <paramref name="zStride"/> floats between rows.</param>
    /// <param name="zStride">Floats between the rows of z.</param>
    /// <param name="sGradient">dCost/ds, [batch, outputs].</param>
    /// <param name="sStride">Floats between the rows of dCost/ds.</param>
    /// <param name="batch">Rows of z and of dCost/ds; the sum runs over them in order.</param>
    /// <param name="rows">Inputs, a multiple of <see cref="Rows"/>, at most <see cref="BlockRows"/>.</param>
    /// <param name="weightStride">Floats between the rows of what the sink writes.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="sink">Receives the result.</param>
    public static void WeightGradient<TLanes, TSink>(
        float* z, nint zStride, float* sGradient, nint sStride, int batch, int rows, nint weightStride, nint outputs, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TSink : struct, IGradientSink<TLanes>
    {
        nint lanes = TLanes.Count, vectors = outputs / lanes;
        // Sixteen registers hold four rows of three vectors, the vectors and one broadcast; two strips of two are faster than one of three and one of one.
        nint widest = TLanes.Registers < 32 ? 3 : MostVectors, wide = vectors / widest - (widest == 3 && vectors % 3 == 1 && vectors > 1 ? 1 : 0);
        if (TLanes.Registers < 32)
            Strips<TLanes, Count.Three, TSink>(wide, z, zStride, sGradient, sStride, batch, rows, weightStride, 0, sink);
        else
            Strips<TLanes, Count.Four, TSink>(wide, z, zStride, sGradient, sStride, batch, rows, weightStride, 0, sink);
        var k = wide * widest * lanes;
        switch (vectors - wide * widest)
        {
            case 1: Strips<TLanes, Count.One, TSink>(1, z, zStride, sGradient + k, sStride, batch, rows, weightStride, k, sink); break;
            case 2: Strips<TLanes, Count.Two, TSink>(1, z, zStride, sGradient + k, sStride, batch, rows, weightStride, k, sink); break;
            case 3: Strips<TLanes, Count.Three, TSink>(1, z, zStride, sGradient + k, sStride, batch, rows, weightStride, k, sink); break;
            case 4: Strips<TLanes, Count.Two, TSink>(2, z, zStride, sGradient + k, sStride, batch, rows, weightStride, k, sink); break;
        }
    }

    /// <summary>Computes the gradient of <see cref="Rows"/> rows of weights and stores it, for probes.</summary>
    /// <param name="z">The inputs of these rows, [batch, Rows].</param>
    /// <param name="zStride">Floats between the rows of z.</param>
    /// <param name="sGradient">dCost/ds, [batch, outputs].</param>
    /// <param name="sStride">Floats between the rows of dCost/ds.</param>
    /// <param name="batch">Rows of z and of dCost/ds; the sum runs over them in order.</param>
    /// <param name="tileStride">Floats between the rows of the tile.</param>
    /// <param name="outputs">Units; rounded up to a multiple of the vector width.</param>
    /// <param name="tile">[Rows, outputs], every element is overwritten.</param>
    public static void StoreWeightGradient<TLanes>(
        float* z, nint zStride, float* sGradient, nint sStride, int batch, nint tileStride, nint outputs, float* tile)
        where TLanes : struct, IVectorLanes<TLanes> =>
        WeightGradient<TLanes, StoreSink<TLanes>>(
            z, zStride, sGradient, sStride, batch, Rows, tileStride, (outputs + TLanes.Count - 1) / TLanes.Count * TLanes.Count, new(tile));

    /// <summary>Computes <c>dCost/db</c>, the sum of dCost/ds over the examples, in order.</summary>
    /// <param name="sGradient">dCost/ds, [batch, outputs].</param>
    /// <param name="sStride">Floats between the rows of dCost/ds.</param>
    /// <param name="batch">Rows of dCost/ds.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="sums">[outputs], overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void BiasGradient<TLanes>(float* sGradient, nint sStride, int batch, nint outputs, float* sums)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (nint k = 0; k < outputs; k += TLanes.Count)
        {
            var sum = TLanes.Load(sGradient + k);
            for (var n = 1; n < batch; n++)
                sum += TLanes.Load(sGradient + n * sStride + k);
            TLanes.Store(sum, sums + k);
        }
    }

    // A number of strips, each of all rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Strips<TLanes, TWidth, TSink>(
        nint count, float* z, nint zStride, float* sGradient, nint sStride, int batch, int rows, nint weightStride, nint offset, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TSink : struct, IGradientSink<TLanes>
    {
        nint width = TWidth.Value * TLanes.Count;
        if (rows == Rows && batch <= ExamplesAtOnce)
            Sum<TLanes, TWidth, TSink, Count.Zero>(count, 0, width, width, z, zStride, sGradient, sStride, batch, null, weightStride, offset, sink);
        else
            BlockOfStrips<TLanes, TWidth, TSink>(count, z, zStride, sGradient, sStride, batch, rows, weightStride, offset, sink);
    }

    private static void BlockOfStrips<TLanes, TWidth, TSink>(
        nint count, float* z, nint zStride, float* sGradient, nint sStride, int batch, int rows, nint weightStride, nint offset, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TSink : struct, IGradientSink<TLanes>
    {
        nint width = TWidth.Value * TLanes.Count;
        if (batch > ExamplesAtOnce)
            ManyExamples<TLanes, TWidth, TSink>(count, z, zStride, sGradient, sStride, batch, rows, weightStride, offset, sink);
        else
            for (nint k = 0; k < count * width; k += width)
                Sum<TLanes, TWidth, TSink, Count.Zero>(
                    rows / Rows, Rows, 0, Rows * weightStride, z, zStride, sGradient + k, sStride, batch, null, weightStride, offset + k, sink);
    }

    // The sums of all rows wait in memory while the next examples come into the cache.
    [SkipLocalsInit]
    private static void ManyExamples<TLanes, TWidth, TSink>(
        nint count, float* z, nint zStride, float* sGradient, nint sStride, int batch, int rows, nint weightStride, nint offset, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TSink : struct, IGradientSink<TLanes>
    {
        nint width = TWidth.Value * TLanes.Count, groups = rows / Rows, down = Rows * SumStride<TLanes>();
        var sums = stackalloc float[(int)(BlockRows * SumStride<TLanes>())];
        for (; count > 0; count--, sGradient += width, offset += width)
        {
            float* inputs = z, gradients = sGradient;
            Sum<TLanes, TWidth, StoreSink<TLanes>, Count.Zero>(
                groups, Rows, 0, down, inputs, zStride, gradients, sStride, ExamplesAtOnce, null, SumStride<TLanes>(), 0, new(sums));
            var left = batch - ExamplesAtOnce;
            for (; left > ExamplesAtOnce; left -= ExamplesAtOnce)
                Sum<TLanes, TWidth, StoreSink<TLanes>, Count.One>(
                    groups, Rows, 0, down, inputs += ExamplesAtOnce * zStride, zStride, gradients += ExamplesAtOnce * sStride, sStride, ExamplesAtOnce, sums,
                    SumStride<TLanes>(), 0, new(sums));
            Sum<TLanes, TWidth, TSink, Count.One>(
                groups, Rows, 0, Rows * weightStride, inputs + ExamplesAtOnce * zStride, zStride, gradients + ExamplesAtOnce * sStride, sStride, left, sums,
                weightStride, offset, sink);
        }
    }

    // Floats between the rows of sums that wait.
    private static nint SumStride<TLanes>() where TLanes : struct, IVectorLanes<TLanes> => MostVectors * TLanes.Count;

    // A number of strips of four rows: side by side, or one above the other. Forwards: s[n, k] += z[n, l] W[l, k].
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Sum<TLanes, TWidth, TSink, TContinues>(
        nint count, nint zStep, nint sStep, nint offsetStep, float* z, nint zStride, float* sGradient, nint sStride, nint batch, float* sums,
        nint weightStride, nint offset, TSink sink)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TSink : struct, IGradientSink<TLanes>
        where TContinues : struct, ICount
    {
        for (; count > 0; count--, z += zStep, sGradient += sStep, offset += offsetStep)
        {
            Strip<TLanes, TWidth> row0 = default, row1 = default, row2 = default, row3 = default;
            if (TContinues.Value > 0)
            {
                row0 = Strip<TLanes, TWidth>.Load(sums, TLanes.Count);
                row1 = Strip<TLanes, TWidth>.Load(sums + SumStride<TLanes>(), TLanes.Count);
                row2 = Strip<TLanes, TWidth>.Load(sums + 2 * SumStride<TLanes>(), TLanes.Count);
                row3 = Strip<TLanes, TWidth>.Load(sums + 3 * SumStride<TLanes>(), TLanes.Count);
                sums += Rows * SumStride<TLanes>();
            }
            float* inputs = z, gradients = sGradient;
            var n = batch;
            for (; n >= 5; n -= 5)
            {
                var g = Strip<TLanes, TWidth>.Load(gradients, TLanes.Count);
                row0.Add(TLanes.Broadcast(inputs[0]), g);
                row1.Add(TLanes.Broadcast(inputs[1]), g);
                row2.Add(TLanes.Broadcast(inputs[2]), g);
                row3.Add(TLanes.Broadcast(inputs[3]), g);
                inputs += zStride;
                gradients += sStride;
                g = Strip<TLanes, TWidth>.Load(gradients, TLanes.Count);
                row0.Add(TLanes.Broadcast(inputs[0]), g);
                row1.Add(TLanes.Broadcast(inputs[1]), g);
                row2.Add(TLanes.Broadcast(inputs[2]), g);
                row3.Add(TLanes.Broadcast(inputs[3]), g);
                inputs += zStride;
                gradients += sStride;
                g = Strip<TLanes, TWidth>.Load(gradients, TLanes.Count);
                row0.Add(TLanes.Broadcast(inputs[0]), g);
                row1.Add(TLanes.Broadcast(inputs[1]), g);
                row2.Add(TLanes.Broadcast(inputs[2]), g);
                row3.Add(TLanes.Broadcast(inputs[3]), g);
                inputs += zStride;
                gradients += sStride;
                g = Strip<TLanes, TWidth>.Load(gradients, TLanes.Count);
                row0.Add(TLanes.Broadcast(inputs[0]), g);
                row1.Add(TLanes.Broadcast(inputs[1]), g);
                row2.Add(TLanes.Broadcast(inputs[2]), g);
                row3.Add(TLanes.Broadcast(inputs[3]), g);
                inputs += zStride;
                gradients += sStride;
                g = Strip<TLanes, TWidth>.Load(gradients, TLanes.Count);
                row0.Add(TLanes.Broadcast(inputs[0]), g);
                row1.Add(TLanes.Broadcast(inputs[1]), g);
                row2.Add(TLanes.Broadcast(inputs[2]), g);
                row3.Add(TLanes.Broadcast(inputs[3]), g);
                inputs += zStride;
                gradients += sStride;
            }
            for (; n > 0; n--)
            {
                var g = Strip<TLanes, TWidth>.Load(gradients, TLanes.Count);
                row0.Add(TLanes.Broadcast(inputs[0]), g);
                row1.Add(TLanes.Broadcast(inputs[1]), g);
                row2.Add(TLanes.Broadcast(inputs[2]), g);
                row3.Add(TLanes.Broadcast(inputs[3]), g);
                inputs += zStride;
                gradients += sStride;
            }
            row0.HandTo(offset, sink);
            row1.HandTo(weightStride + offset, sink);
            row2.HandTo(2 * weightStride + offset, sink);
            row3.HandTo(3 * weightStride + offset, sink);
        }
    }
}
