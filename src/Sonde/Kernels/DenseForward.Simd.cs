using System.Runtime.CompilerServices;
using Sonde.Numerics;

namespace Sonde.Kernels;

/// <summary>Vector form of <c>s = z W + b</c> and <c>f(s)</c>, on a range of the layer's units.</summary>
/// <remarks>Each s[b, j] is b[j] + z[b, 0] W[0, j] + z[b, 1] W[1, j] + ... in this order with one rounding a term, whatever the vector width,
/// the number of examples or the range of units: only speed depends on how the work is cut.</remarks>
internal static unsafe class DenseForwardSimd
{
    /// <summary>Rows of W that stay in the first-level cache, with <see cref="ColumnTile"/> columns, while all examples use them.</summary>
    private const int RowTile = 32;

    /// <summary>Columns of a tile: 512 bytes of each row.</summary>
    public const int ColumnTile = 128;

    /// <summary>Pre-activations of <paramref name="columns"/> units, at most <see cref="ColumnTile"/> and whole vectors.</summary>
    /// <param name="z">[examples, fanIn], <paramref name="inputStride"/> floats between rows.</param>
    /// <param name="inputStride">Floats between the rows of z.</param>
    /// <param name="weights">[fanIn, columns].</param>
    /// <param name="weightStride">Floats between the rows of the weights.</param>
    /// <param name="biases">[columns].</param>
    /// <param name="examples">Rows of z.</param>
    /// <param name="fanIn">Rows of the weights.</param>
    /// <param name="columns">Units.</param>
    /// <param name="outputStride">Floats between the rows of s.</param>
    /// <param name="s">[examples, columns], every element is overwritten.</param>
    public static void Preactivate<TLanes>(
        float* z, nint inputStride, float* weights, nint weightStride, float* biases, int examples, int fanIn, int columns, nint outputStride, float* s)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (var b = 0; b < examples; b++)
            Unsafe.CopyBlock(s + b * outputStride, biases, (uint)columns * sizeof(float));
        var widest = TLanes.Registers / 8;
        for (var i = 0; i < fanIn; i += RowTile)
        {
            nint rows = Math.Min(RowTile, fanIn - i);
            for (var j = 0; j < columns; j += widest * TLanes.Count)
            {
                float* from = z + i, tile = weights + i * weightStride + j, to = s + j;
                switch (Math.Min(widest, (columns - j) / TLanes.Count))
                {
                    case 1: Accumulate<TLanes, Count.One>(from, inputStride, tile, weightStride, rows, examples, outputStride, to); break;
                    case 2: Accumulate<TLanes, Count.Two>(from, inputStride, tile, weightStride, rows, examples, outputStride, to); break;
                    case 3: Accumulate<TLanes, Count.Three>(from, inputStride, tile, weightStride, rows, examples, outputStride, to); break;
                    default: Accumulate<TLanes, Count.Four>(from, inputStride, tile, weightStride, rows, examples, outputStride, to); break;
                }
            }
        }
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

    private static void Accumulate<TLanes, TWidth>(float* z, nint inputStride, float* weights, nint weightStride, nint rows, int examples, nint outputStride, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount
    {
        var b = 0;
        for (; b + 5 <= examples; b += 5)
            Accumulate<TLanes, TWidth, Count.Five>(z + b * inputStride, inputStride, weights, weightStride, rows, outputStride, s + b * outputStride);
        float* from = z + b * inputStride, to = s + b * outputStride;
        switch (examples - b)
        {
            case 1: Accumulate<TLanes, TWidth, Count.One>(from, inputStride, weights, weightStride, rows, outputStride, to); break;
            case 2: Accumulate<TLanes, TWidth, Count.Two>(from, inputStride, weights, weightStride, rows, outputStride, to); break;
            case 3: Accumulate<TLanes, TWidth, Count.Three>(from, inputStride, weights, weightStride, rows, outputStride, to); break;
            case 4: Accumulate<TLanes, TWidth, Count.Four>(from, inputStride, weights, weightStride, rows, outputStride, to); break;
        }
    }

    // One strip of units for each of up to five examples. Branches on a count's value are constants to the compiler.
    private static void Accumulate<TLanes, TWidth, TExamples>(float* z, nint inputStride, float* weights, nint weightStride, nint rows, nint outputStride, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TExamples : struct, ICount
    {
        nint n = TLanes.Count;
        float* z1 = z + inputStride, z2 = z + 2 * inputStride, z3 = z + 3 * inputStride, z4 = z + 4 * inputStride;
        float* to1 = s + outputStride, to2 = s + 2 * outputStride, to3 = s + 3 * outputStride, to4 = s + 4 * outputStride;
        Strip<TLanes, TWidth> s0 = Strip<TLanes, TWidth>.Load(s, n), s1 = default, s2 = default, s3 = default, s4 = default;
        if (TExamples.Value > 1)
            s1 = Strip<TLanes, TWidth>.Load(to1, n);
        if (TExamples.Value > 2)
            s2 = Strip<TLanes, TWidth>.Load(to2, n);
        if (TExamples.Value > 3)
            s3 = Strip<TLanes, TWidth>.Load(to3, n);
        if (TExamples.Value > 4)
            s4 = Strip<TLanes, TWidth>.Load(to4, n);
        // The same columns of the next tile: rows lie on pages of their own, across which the processor does not prefetch by itself.
        var ahead = RowTile * weightStride;
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
