using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <see cref="DenseForward"/>: <c>s = z W + b</c> and <c>f(s)</c>, on a range of the layer's inputs or outputs.</summary>
/// <remarks>Sizes and names: see the legend of <see cref="DenseForward"/>. Each s[n, k] is b[k] plus the sums over ranges of inputs, added up as a tree;
/// the sum over a range is z[n, l] W[l, k] + z[n, l + 1] W[l + 1, k] + ... in this order with one rounding per term. That holds for every vector width,
/// batch and range of outputs: only speed depends on how the work is cut.</remarks>
internal static unsafe class DenseForwardSimd
{
    /// <summary>Rows of W that stay in the first-level cache, with <see cref="ColumnTile"/> columns, while all examples use them.</summary>
    private const int RowTile = 32;

    /// <summary>Columns of a tile: 512 bytes of each row.</summary>
    public const int ColumnTile = 128;

    /// <summary>Computes the sums over a range of inputs, for at most <see cref="ColumnTile"/> outputs.</summary>
    /// <param name="z">[batch, inputs], <paramref name="zStride"/> floats between rows.</param>
    /// <param name="zStride">Floats between the rows of z.</param>
    /// <param name="weights">[inputs, outputs].</param>
    /// <param name="weightStride">Floats between the rows of the weights.</param>
    /// <param name="batch">Rows of z.</param>
    /// <param name="inputs">Inputs of the range.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="sStride">Floats between the rows of the sums.</param>
    /// <param name="next">The weights that are needed after these, whose first rows are fetched in time.</param>
    /// <param name="sums">[batch, outputs], every element is overwritten.</param>
    public static void Sum<TLanes>(
        float* z, nint zStride, float* weights, nint weightStride, int batch, int inputs, int outputs, nint sStride, float* next, float* sums)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        var widest = TLanes.Registers / 8;
        for (var l = 0; l < inputs; l += RowTile)
        {
            // Each row is on pages of its own, and the processor does not prefetch across pages by itself.
            var tile = weights + l * weightStride;
            var ahead = l + RowTile < inputs ? RowTile * weightStride : (nint)(next - tile);
            nint tileRows = Math.Min(RowTile, inputs - l);
            for (var k = 0; k < outputs; k += widest * TLanes.Count)
            {
                float* from = z + l, w = tile + k, to = sums + k;
                switch (Math.Min(widest, (outputs - k) / TLanes.Count))
                {
                    case 1: Accumulate<TLanes, Count.One>(from, zStride, w, weightStride, tileRows, batch, sStride, ahead, l > 0, to); break;
                    case 2: Accumulate<TLanes, Count.Two>(from, zStride, w, weightStride, tileRows, batch, sStride, ahead, l > 0, to); break;
                    case 3: Accumulate<TLanes, Count.Three>(from, zStride, w, weightStride, tileRows, batch, sStride, ahead, l > 0, to); break;
                    default: Accumulate<TLanes, Count.Four>(from, zStride, w, weightStride, tileRows, batch, sStride, ahead, l > 0, to); break;
                }
            }
        }
    }

    /// <summary>Adds the sums of one range to those of another.</summary>
    /// <param name="other">[batch, outputs].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="stride">Floats between rows.</param>
    /// <param name="sums">[batch, outputs], each element becomes itself plus the other's.</param>
    public static void Add<TLanes>(float* other, int batch, int outputs, nint stride, float* sums) where TLanes : struct, IVectorLanes<TLanes>
    {
        for (var n = 0; n < batch; n++)
            for (var k = n * stride; k < n * stride + outputs; k += TLanes.Count)
                TLanes.Store(TLanes.Load(sums + k) + TLanes.Load(other + k), sums + k);
    }

    /// <summary>Computes <c>s = b + sums</c>.</summary>
    /// <param name="sums">[batch, outputs].</param>
    /// <param name="sumStride">Floats between the rows of the sums.</param>
    /// <param name="biases">[outputs].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="stride">Floats between the rows of s.</param>
    /// <param name="s">[batch, outputs], every element is overwritten.</param>
    public static void AddBiases<TLanes>(float* sums, nint sumStride, float* biases, int batch, int outputs, nint stride, float* s)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (var n = 0; n < batch; n++)
            for (var k = 0; k < outputs; k += TLanes.Count)
                TLanes.Store(TLanes.Load(biases + k) + TLanes.Load(sums + n * sumStride + k), s + n * stride + k);
    }

    /// <summary>Computes <c>z = f(s)</c> for a range of outputs.</summary>
    /// <param name="s">[batch, outputs].</param>
    /// <param name="batch">Rows.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="stride">Floats between the rows of s and of z.</param>
    /// <param name="z">[batch, outputs], every element is overwritten.</param>
    public static void Activate<TLanes, TActivation>(float* s, int batch, int outputs, nint stride, float* z)
        where TLanes : struct, IVectorLanes<TLanes> where TActivation : struct, IActivation
    {
        for (var n = 0; n < batch; n++)
            for (var k = 0; k < outputs; k += TLanes.Count)
                TLanes.Store(TActivation.Value(TLanes.Load(s + n * stride + k)), z + n * stride + k);
    }

    private static void Accumulate<TLanes, TWidth>(
        float* z, nint zStride, float* weights, nint weightStride, nint inputs, int batch, nint sStride, nint ahead,
        bool add, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount
    {
        var n = 0;
        for (; n + 5 <= batch; n += 5)
            Accumulate<TLanes, TWidth, Count.Five>(
                z + n * zStride, zStride, weights, weightStride, inputs, sStride, ahead, add, s + n * sStride);
        float* from = z + n * zStride, to = s + n * sStride;
        switch (batch - n)
        {
            case 1: Accumulate<TLanes, TWidth, Count.One>(from, zStride, weights, weightStride, inputs, sStride, ahead, add, to); break;
            case 2: Accumulate<TLanes, TWidth, Count.Two>(from, zStride, weights, weightStride, inputs, sStride, ahead, add, to); break;
            case 3: Accumulate<TLanes, TWidth, Count.Three>(from, zStride, weights, weightStride, inputs, sStride, ahead, add, to); break;
            case 4: Accumulate<TLanes, TWidth, Count.Four>(from, zStride, weights, weightStride, inputs, sStride, ahead, add, to); break;
        }
    }

    // One strip of units for each of up to five examples. Branches on a count's value are constants to the compiler.
    private static void Accumulate<TLanes, TWidth, TExamples>(
        float* z, nint zStride, float* weights, nint weightStride, nint inputs, nint sStride, nint ahead,
        bool add, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TExamples : struct, ICount
    {
        nint lanes = TLanes.Count;
        float* z1 = z + zStride, z2 = z + 2 * zStride, z3 = z + 3 * zStride, z4 = z + 4 * zStride;
        float* to1 = s + sStride, to2 = s + 2 * sStride, to3 = s + 3 * sStride, to4 = s + 4 * sStride;
        Strip<TLanes, TWidth> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
        if (add)
        {
            s0 = Strip<TLanes, TWidth>.Load(s, lanes);
            if (TExamples.Value > 1)
                s1 = Strip<TLanes, TWidth>.Load(to1, lanes);
            if (TExamples.Value > 2)
                s2 = Strip<TLanes, TWidth>.Load(to2, lanes);
            if (TExamples.Value > 3)
                s3 = Strip<TLanes, TWidth>.Load(to3, lanes);
            if (TExamples.Value > 4)
                s4 = Strip<TLanes, TWidth>.Load(to4, lanes);
        }
        for (nint l = 0; l < inputs; l++)
        {
            var w = Strip<TLanes, TWidth>.Load(weights, lanes);
            Prefetch.Read(weights + ahead, TWidth.Value * TLanes.Count);
            weights += weightStride;
            s0 = s0.Plus(TLanes.Broadcast(z[l]), w);
            if (TExamples.Value > 1)
                s1 = s1.Plus(TLanes.Broadcast(z1[l]), w);
            if (TExamples.Value > 2)
                s2 = s2.Plus(TLanes.Broadcast(z2[l]), w);
            if (TExamples.Value > 3)
                s3 = s3.Plus(TLanes.Broadcast(z3[l]), w);
            if (TExamples.Value > 4)
                s4 = s4.Plus(TLanes.Broadcast(z4[l]), w);
        }
        s0.Store(s, lanes);
        if (TExamples.Value > 1)
            s1.Store(to1, lanes);
        if (TExamples.Value > 2)
            s2.Store(to2, lanes);
        if (TExamples.Value > 3)
            s3.Store(to3, lanes);
        if (TExamples.Value > 4)
            s4.Store(to4, lanes);
    }
}
