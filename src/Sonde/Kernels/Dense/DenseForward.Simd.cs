using Sonde.Numerics.Lanes;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <c>s = z W + b</c> and <c>f(s)</c>, on a range of the layer's inputs or units.</summary>
/// <remarks>Each s[b, j] is b[j] plus the sums over ranges of inputs, added up as a tree; the sum over a range is z[b, i] W[i, j] + z[b, i + 1] W[i + 1, j] +
/// ... in this order with one rounding a term. That holds whatever the vector width, the number of examples or the range of units: only speed depends on how
/// the work is cut.</remarks>
internal static unsafe class DenseForwardSimd
{
    /// <summary>Rows of W that stay in the first-level cache, with <see cref="ColumnTile"/> columns, while all examples use them.</summary>
    private const int RowTile = 32;

    /// <summary>Columns of a tile: 512 bytes of each row.</summary>
    public const int ColumnTile = 128;

    /// <summary>Sums over a range of inputs, for at most <see cref="ColumnTile"/> units.</summary>
    /// <param name="z">[examples, rows], <paramref name="inputStride"/> floats between rows.</param>
    /// <param name="inputStride">Floats between the rows of z.</param>
    /// <param name="weights">[rows, columns].</param>
    /// <param name="weightStride">Floats between the rows of the weights.</param>
    /// <param name="examples">Rows of z.</param>
    /// <param name="rows">Inputs of the range.</param>
    /// <param name="columns">Units, whole vectors.</param>
    /// <param name="outputStride">Floats between the rows of the sums.</param>
    /// <param name="next">The weights that are needed after these, whose first rows are asked for in time.</param>
    /// <param name="sums">[examples, columns], every element is overwritten.</param>
    public static void Sum<TLanes>(
        float* z, nint inputStride, float* weights, nint weightStride, int examples, int rows, int columns, nint outputStride, float* next, float* sums)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        var widest = TLanes.Registers / 8;
        for (var i = 0; i < rows; i += RowTile)
        {
            // Rows lie on pages of their own, across which the processor does not prefetch by itself.
            var tile = weights + i * weightStride;
            var ahead = i + RowTile < rows ? RowTile * weightStride : (nint)(next - tile);
            nint tileRows = Math.Min(RowTile, rows - i);
            for (var j = 0; j < columns; j += widest * TLanes.Count)
            {
                float* from = z + i, w = tile + j, to = sums + j;
                switch (Math.Min(widest, (columns - j) / TLanes.Count))
                {
                    case 1: Accumulate<TLanes, Count.One>(from, inputStride, w, weightStride, tileRows, examples, outputStride, ahead, i > 0, to); break;
                    case 2: Accumulate<TLanes, Count.Two>(from, inputStride, w, weightStride, tileRows, examples, outputStride, ahead, i > 0, to); break;
                    case 3: Accumulate<TLanes, Count.Three>(from, inputStride, w, weightStride, tileRows, examples, outputStride, ahead, i > 0, to); break;
                    default: Accumulate<TLanes, Count.Four>(from, inputStride, w, weightStride, tileRows, examples, outputStride, ahead, i > 0, to); break;
                }
            }
        }
    }

    /// <summary>Adds one range's sums to another's.</summary>
    /// <param name="other">[examples, columns].</param>
    /// <param name="examples">Rows.</param>
    /// <param name="columns">Units, whole vectors.</param>
    /// <param name="stride">Floats between rows.</param>
    /// <param name="sums">[examples, columns], each element becomes itself plus the other's.</param>
    public static void Add<TLanes>(float* other, int examples, int columns, nint stride, float* sums) where TLanes : struct, IVectorLanes<TLanes>
    {
        for (var b = 0; b < examples; b++)
            for (var j = b * stride; j < b * stride + columns; j += TLanes.Count)
                TLanes.Store(TLanes.Load(sums + j) + TLanes.Load(other + j), sums + j);
    }

    /// <summary><c>s = b + sums</c>.</summary>
    /// <param name="sums">[examples, columns].</param>
    /// <param name="sumStride">Floats between the rows of the sums.</param>
    /// <param name="biases">[columns].</param>
    /// <param name="examples">Rows.</param>
    /// <param name="columns">Units, whole vectors.</param>
    /// <param name="stride">Floats between the rows of s.</param>
    /// <param name="s">[examples, columns], every element is overwritten.</param>
    public static void AddBiases<TLanes>(float* sums, nint sumStride, float* biases, int examples, int columns, nint stride, float* s)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (var b = 0; b < examples; b++)
            for (var j = 0; j < columns; j += TLanes.Count)
                TLanes.Store(TLanes.Load(biases + j) + TLanes.Load(sums + b * sumStride + j), s + b * stride + j);
    }

    /// <summary><c>z = f(s)</c> for a range of units.</summary>
    /// <param name="s">[examples, columns].</param>
    /// <param name="examples">Rows.</param>
    /// <param name="columns">Units, whole vectors.</param>
    /// <param name="stride">Floats between the rows of s and of z.</param>
    /// <param name="z">[examples, columns], every element is overwritten.</param>
    public static void Activate<TLanes, TActivation>(float* s, int examples, int columns, nint stride, float* z)
        where TLanes : struct, IVectorLanes<TLanes> where TActivation : struct, IActivation
    {
        for (var b = 0; b < examples; b++)
            for (var j = 0; j < columns; j += TLanes.Count)
                TLanes.Store(TActivation.Value(TLanes.Load(s + b * stride + j)), z + b * stride + j);
    }

    private static void Accumulate<TLanes, TWidth>(
        float* z, nint inputStride, float* weights, nint weightStride, nint rows, int examples, nint outputStride, nint ahead,
        bool add, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount
    {
        var b = 0;
        for (; b + 5 <= examples; b += 5)
            Accumulate<TLanes, TWidth, Count.Five>(
                z + b * inputStride, inputStride, weights, weightStride, rows, outputStride, ahead, add, s + b * outputStride);
        float* from = z + b * inputStride, to = s + b * outputStride;
        switch (examples - b)
        {
            case 1: Accumulate<TLanes, TWidth, Count.One>(from, inputStride, weights, weightStride, rows, outputStride, ahead, add, to); break;
            case 2: Accumulate<TLanes, TWidth, Count.Two>(from, inputStride, weights, weightStride, rows, outputStride, ahead, add, to); break;
            case 3: Accumulate<TLanes, TWidth, Count.Three>(from, inputStride, weights, weightStride, rows, outputStride, ahead, add, to); break;
            case 4: Accumulate<TLanes, TWidth, Count.Four>(from, inputStride, weights, weightStride, rows, outputStride, ahead, add, to); break;
        }
    }

    // One strip of units for each of up to five examples. Branches on a count's value are constants to the compiler.
    private static void Accumulate<TLanes, TWidth, TExamples>(
        float* z, nint inputStride, float* weights, nint weightStride, nint rows, nint outputStride, nint ahead,
        bool add, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TExamples : struct, ICount
    {
        nint n = TLanes.Count;
        float* z1 = z + inputStride, z2 = z + 2 * inputStride, z3 = z + 3 * inputStride, z4 = z + 4 * inputStride;
        float* to1 = s + outputStride, to2 = s + 2 * outputStride, to3 = s + 3 * outputStride, to4 = s + 4 * outputStride;
        Strip<TLanes, TWidth> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
        if (add)
        {
            s0 = Strip<TLanes, TWidth>.Load(s, n);
            if (TExamples.Value > 1)
                s1 = Strip<TLanes, TWidth>.Load(to1, n);
            if (TExamples.Value > 2)
                s2 = Strip<TLanes, TWidth>.Load(to2, n);
            if (TExamples.Value > 3)
                s3 = Strip<TLanes, TWidth>.Load(to3, n);
            if (TExamples.Value > 4)
                s4 = Strip<TLanes, TWidth>.Load(to4, n);
        }
        for (nint i = 0; i < rows; i++)
        {
            var w = Strip<TLanes, TWidth>.Load(weights, n);
            Prefetch.Read(weights + ahead, TWidth.Value * TLanes.Count);
            weights += weightStride;
            s0 = s0.Plus(TLanes.Broadcast(z[i]), w);
            if (TExamples.Value > 1)
                s1 = s1.Plus(TLanes.Broadcast(z1[i]), w);
            if (TExamples.Value > 2)
                s2 = s2.Plus(TLanes.Broadcast(z2[i]), w);
            if (TExamples.Value > 3)
                s3 = s3.Plus(TLanes.Broadcast(z3[i]), w);
            if (TExamples.Value > 4)
                s4 = s4.Plus(TLanes.Broadcast(z4[i]), w);
        }
        s0.Store(s, n);
        if (TExamples.Value > 1)
            s1.Store(to1, n);
        if (TExamples.Value > 2)
            s2.Store(to2, n);
        if (TExamples.Value > 3)
            s3.Store(to3, n);
        if (TExamples.Value > 4)
            s4.Store(to4, n);
    }
}
