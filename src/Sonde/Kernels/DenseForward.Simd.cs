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

    /// <summary>Pre-activations of <paramref name="columns"/> units, at most <see cref="ColumnTile"/> and a multiple of two vectors.</summary>
    /// <param name="z">[examples, fanIn], <paramref name="inputStride"/> floats between rows.</param>
    /// <param name="inputStride">Floats between the rows of z.</param>
    /// <param name="weights">[fanIn, columns], <paramref name="outputStride"/> floats between rows.</param>
    /// <param name="biases">[columns].</param>
    /// <param name="examples">Rows of z.</param>
    /// <param name="fanIn">Rows of the weights.</param>
    /// <param name="columns">Units.</param>
    /// <param name="outputStride">Floats between the rows of weights and of s.</param>
    /// <param name="s">[examples, columns], every element is overwritten.</param>
    public static void Preactivate<TLanes>(
        float* z, nint inputStride, float* weights, float* biases, int examples, int fanIn, int columns, nint outputStride, float* s)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        for (var b = 0; b < examples; b++)
            Unsafe.CopyBlock(s + b * outputStride, biases, (uint)columns * sizeof(float));
        for (var i = 0; i < fanIn; i += RowTile)
        {
            nint rows = Math.Min(RowTile, fanIn - i);
            for (var j = 0; j < columns; j += 2 * TLanes.Count)
            {
                var tile = weights + i * outputStride + j;
                var b = 0;
                for (; b + ExampleCount.Largest <= examples; b += ExampleCount.Largest)
                    Accumulate<TLanes, ExampleCount.Five>(z + b * inputStride + i, inputStride, tile, rows, outputStride, s + b * outputStride + j);
                float* from = z + b * inputStride + i, to = s + b * outputStride + j;
                switch (examples - b)
                {
                    case 1: Accumulate<TLanes, ExampleCount.One>(from, inputStride, tile, rows, outputStride, to); break;
                    case 2: Accumulate<TLanes, ExampleCount.Two>(from, inputStride, tile, rows, outputStride, to); break;
                    case 3: Accumulate<TLanes, ExampleCount.Three>(from, inputStride, tile, rows, outputStride, to); break;
                    case 4: Accumulate<TLanes, ExampleCount.Four>(from, inputStride, tile, rows, outputStride, to); break;
                }
            }
        }
    }

    /// <summary><c>z = f(s)</c> for a range of units.</summary>
    /// <param name="s">[examples, columns].</param>
    /// <param name="examples">Rows.</param>
    /// <param name="columns">Units, a multiple of two vectors.</param>
    /// <param name="stride">Floats between the rows of s and of z.</param>
    /// <param name="z">[examples, columns], every element is overwritten.</param>
    public static void Activate<TLanes, TActivation>(float* s, int examples, int columns, nint stride, float* z)
        where TLanes : struct, IVectorLanes<TLanes> where TActivation : struct, IActivation
    {
        for (var b = 0; b < examples; b++)
            for (var j = 0; j < columns; j += TLanes.Count)
                TLanes.Store(TActivation.Value(TLanes.Load(s + b * stride + j)), z + b * stride + j);
    }

    // The branches on TExamples.Value are constants to the compiler; explicit locals are what it keeps in registers.
    private static void Accumulate<TLanes, TExamples>(float* z, nint inputStride, float* weights, nint rows, nint outputStride, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TExamples : struct, IExampleCount
    {
        nint n = TLanes.Count;
        float* z1 = z + inputStride, z2 = z + 2 * inputStride, z3 = z + 3 * inputStride, z4 = z + 4 * inputStride;
        TLanes a0 = TLanes.Load(s), b0 = TLanes.Load(s + n);
        TLanes a1 = default, b1 = default, a2 = default, b2 = default, a3 = default, b3 = default, a4 = default, b4 = default;
        if (TExamples.Value > 1)
            (a1, b1) = (TLanes.Load(s + outputStride), TLanes.Load(s + outputStride + n));
        if (TExamples.Value > 2)
            (a2, b2) = (TLanes.Load(s + 2 * outputStride), TLanes.Load(s + 2 * outputStride + n));
        if (TExamples.Value > 3)
            (a3, b3) = (TLanes.Load(s + 3 * outputStride), TLanes.Load(s + 3 * outputStride + n));
        if (TExamples.Value > 4)
            (a4, b4) = (TLanes.Load(s + 4 * outputStride), TLanes.Load(s + 4 * outputStride + n));
        // The same columns of the next tile: rows lie on pages of their own, across which the processor does not prefetch by itself.
        var ahead = RowTile * outputStride;
        for (nint i = 0; i < rows; i++)
        {
            TLanes left = TLanes.Load(weights), right = TLanes.Load(weights + n);
            if (TExamples.Value == ExampleCount.Largest)
                Prefetch.Read(weights + ahead);
            weights += outputStride;
            var x = TLanes.Broadcast(z[i]);
            a0 = TLanes.FusedMultiplyAdd(x, left, a0);
            b0 = TLanes.FusedMultiplyAdd(x, right, b0);
            if (TExamples.Value > 1)
            {
                x = TLanes.Broadcast(z1[i]);
                a1 = TLanes.FusedMultiplyAdd(x, left, a1);
                b1 = TLanes.FusedMultiplyAdd(x, right, b1);
            }
            if (TExamples.Value > 2)
            {
                x = TLanes.Broadcast(z2[i]);
                a2 = TLanes.FusedMultiplyAdd(x, left, a2);
                b2 = TLanes.FusedMultiplyAdd(x, right, b2);
            }
            if (TExamples.Value > 3)
            {
                x = TLanes.Broadcast(z3[i]);
                a3 = TLanes.FusedMultiplyAdd(x, left, a3);
                b3 = TLanes.FusedMultiplyAdd(x, right, b3);
            }
            if (TExamples.Value > 4)
            {
                x = TLanes.Broadcast(z4[i]);
                a4 = TLanes.FusedMultiplyAdd(x, left, a4);
                b4 = TLanes.FusedMultiplyAdd(x, right, b4);
            }
        }
        StorePair(a0, b0, s);
        if (TExamples.Value > 1)
            StorePair(a1, b1, s + outputStride);
        if (TExamples.Value > 2)
            StorePair(a2, b2, s + 2 * outputStride);
        if (TExamples.Value > 3)
            StorePair(a3, b3, s + 3 * outputStride);
        if (TExamples.Value > 4)
            StorePair(a4, b4, s + 4 * outputStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StorePair<TLanes>(TLanes left, TLanes right, float* destination) where TLanes : struct, IVectorLanes<TLanes>
    {
        TLanes.Store(left, destination);
        TLanes.Store(right, destination + TLanes.Count);
    }
}
