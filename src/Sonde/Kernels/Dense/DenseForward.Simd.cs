using System.Runtime.CompilerServices;
using Sonde.Numerics.Lanes;
using Sonde.Numerics.Memory;

namespace Sonde.Kernels.Dense;

/// <summary>Vector form of <see cref="DenseForward"/>: <c>s = z W + b</c> and <c>f(s)</c>, on a range of the layer's inputs or outputs.</summary>
/// <remarks>Sizes and names: see the legend of <see cref="DenseForward"/>. Each s[n, k] is b[k] plus the sums over ranges of inputs, added up as a tree;
/// the sum over a range is z[n, l] W[l, k] + z[n, l + 1] W[l + 1, k] + ... in this order with one rounding per term. That holds for every vector width,
/// batch and range of outputs: only speed depends on how the work is cut.</remarks>
internal static unsafe class DenseForwardSimd
{
    /// <summary>The most rows of W that pass by between reading and writing sums. Shorter runs spend more of their time on that: with 32 rows a core of 16
    /// registers of 256 bits lost a tenth.</summary>
    private const int MostRows = 128;

    /// <summary>Bytes of a strip of W that stay in the first-level cache while all examples use them.</summary>
    private const int StripBytes = 16 << 10;

    /// <summary>With more groups of examples than this, the first alone fetches what is needed next: a hint takes the place of a load.</summary>
    private const int FetchingGroups = 2;

    /// <summary>Computes the sums over a range of inputs, for the outputs of a tile.</summary>
    /// <param name="z">[batch, inputs], <paramref name="zStride"/> floats between rows.</param>
    /// <param name="zStride">Floats between the rows of z.</param>
    /// <param name="weights">[inputs, outputs].</param>
    /// <param name="weightStride">Floats between the rows of the weights.</param>
    /// <param name="batch">Rows of z.</param>
    /// <param name="inputs">Inputs of the range.</param>
    /// <param name="outputs">Units; a multiple of the vector width.</param>
    /// <param name="sStride">Floats between the rows of the sums.</param>
    /// <param name="next">The weights that are needed after these, whose first rows are fetched in time.</param>
    /// <param name="joins">How many sums of ranges before are added to these, see <see cref="RangeSums{TLanes}.JoinsOf"/>; the last one's place receives the
    /// result.</param>
    /// <param name="joinStride">Floats from one of them to the next.</param>
    /// <param name="sums">[batch, outputs], every element is overwritten. The sums to join are before it.</param>
    public static void Sum<TLanes>(
        float* z, nint zStride, float* weights, nint weightStride, int batch, int inputs, int outputs, nint sStride, float* next, int joins, nint joinStride,
        float* sums)
        where TLanes : struct, IVectorLanes<TLanes>
    {
        int widest = TLanes.Registers / 8, strip = widest * TLanes.Count, groups = Groups<TLanes>(batch);
        var tiles = (inputs - 1) / Math.Min(MostRows, StripBytes / (strip * sizeof(float))) + 1;
        // All strips in one call if that takes one kernel: calls took a sixth of the time of 300 units.
        var together = batch % groups == 0 && groups <= FetchingGroups ? outputs : strip;
        for (var tile = 0; tile < tiles; tile++)
        {
            int l = (int)((long)inputs * tile / tiles), end = (int)((long)inputs * (tile + 1) / tiles), width;
            for (var k = 0; k < outputs; k += width)
            {
                width = outputs - k < strip ? outputs - k : Math.Min(together, outputs - k) / strip * strip;
                float* from = z + l, w = weights + l * weightStride + k, to = sums + k;
                // From the last strip to the one that is next. Each row is on pages of its own, and the processor does not prefetch across pages by itself.
                var last = Math.Max(0, width - strip);
                nint rows = end - l, ahead = k + width < outputs ? strip : end < inputs ? rows * weightStride - k - last : (nint)(next - w) - last;
                var around = new Surroundings(l > 0, end < inputs ? 0 : joins, joinStride, ahead);
                switch (Math.Min(widest, width / TLanes.Count))
                {
                    case 1: Accumulate<TLanes, Count.One>(1, from, zStride, w, weightStride, rows, batch, sStride, around, to); break;
                    case 2: Accumulate<TLanes, Count.Two>(width / (2 * TLanes.Count), from, zStride, w, weightStride, rows, batch, sStride, around, to); break;
                    case 3: Accumulate<TLanes, Count.Three>(1, from, zStride, w, weightStride, rows, batch, sStride, around, to); break;
                    default: Accumulate<TLanes, Count.Four>(width / strip, from, zStride, w, weightStride, rows, batch, sStride, around, to); break;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Activate<TLanes, TActivation>(float* s, int batch, int outputs, nint stride, float* z)
        where TLanes : struct, IVectorLanes<TLanes> where TActivation : struct, IActivation
    {
        for (var n = 0; n < batch; n++)
            for (var k = 0; k < outputs; k += TLanes.Count)
                TLanes.Store(TActivation.Value(TLanes.Load(s + n * stride + k)), z + n * stride + k);
    }

    // Up to six examples have their sums in registers at once: twelve sums of two vectors. With thirty-two registers, five are faster: twenty sums of four.
    private static int Groups<TLanes>(int batch) where TLanes : struct, IVectorLanes<TLanes> => (batch - 1) / (TLanes.Registers < 32 ? 6 : 5) + 1;

    private static void Accumulate<TLanes, TWidth>(
        int strips, float* z, nint zStride, float* weights, nint weightStride, nint inputs, int batch, nint sStride, Surroundings around, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount
    {
        // Groups of almost equal size, the larger ones first: few sums under way leave the units for multiplication idle.
        int groups = Groups<TLanes>(batch), size = (batch - 1) / groups + 1, larger = batch - groups * (size - 1);
        Groups<TLanes, TWidth>(strips, size, larger, z, zStride, weights, weightStride, inputs, sStride, around, s);
        if (larger < groups)
            Groups<TLanes, TWidth>(
                strips, size - 1, groups - larger, z + larger * size * zStride, zStride, weights, weightStride, inputs, sStride, around,
                s + larger * size * sStride);
    }

    private static void Groups<TLanes, TWidth>(
        int strips, int size, int count, float* z, nint zStride, float* weights, nint weightStride, nint inputs, nint sStride, Surroundings around, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount
    {
        if (count == 2 && TLanes.Registers < 32)
            Groups<TLanes, TWidth, Count.Two>(strips, count, size, z, zStride, weights, weightStride, inputs, sStride, around, s);
        else if (count > FetchingGroups)
        {
            Groups<TLanes, TWidth, Count.One>(strips, 1, size, z, zStride, weights, weightStride, inputs, sStride, around, s);
            Groups<TLanes, TWidth, Count.Zero>(
                strips, count - 1, size, z + size * zStride, zStride, weights, weightStride, inputs, sStride, around, s + size * sStride);
        }
        else
            Groups<TLanes, TWidth, Count.One>(strips, count, size, z, zStride, weights, weightStride, inputs, sStride, around, s);
    }

    private static void Groups<TLanes, TWidth, TFetches>(
        int strips, int count, int size, float* z, nint zStride, float* weights, nint weightStride, nint inputs, nint sStride, Surroundings around, float* s)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TFetches : struct, ICount
    {
        switch (size)
        {
            case 1: Strips<TLanes, TWidth, Count.One, TFetches>(strips, count, z, zStride, weights, weightStride, inputs, sStride, around, s); break;
            case 2: Strips<TLanes, TWidth, Count.Two, TFetches>(strips, count, z, zStride, weights, weightStride, inputs, sStride, around, s); break;
            case 3: Strips<TLanes, TWidth, Count.Three, TFetches>(strips, count, z, zStride, weights, weightStride, inputs, sStride, around, s); break;
            case 4: Strips<TLanes, TWidth, Count.Four, TFetches>(strips, count, z, zStride, weights, weightStride, inputs, sStride, around, s); break;
            case 5: Strips<TLanes, TWidth, Count.Five, TFetches>(strips, count, z, zStride, weights, weightStride, inputs, sStride, around, s); break;
            default: Strips<TLanes, TWidth, Count.Six, TFetches>(strips, count, z, zStride, weights, weightStride, inputs, sStride, around, s); break;
        }
    }

    // Strips of units, each for groups of up to six examples. Branches on a count's value are constants to the compiler.
    //
    // TFetches 1 fetches the next strip. 2 is for two groups: in each, one row of two comes from the second-level cache to the first for the next strip, and
    // the other one to the second level for the strip after that. Weights then arrive in time while other programs use the third-level cache.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Strips<TLanes, TWidth, TExamples, TFetches>(
        int strips, int groups, float* firstZ, nint zStride, float* weights, nint weightStride, nint inputs, nint sStride, Surroundings around, float* firstS)
        where TLanes : struct, IVectorLanes<TLanes> where TWidth : struct, ICount where TExamples : struct, ICount where TFetches : struct, ICount
    {
        nint lanes = TLanes.Count, width = TWidth.Value * lanes;
        for (; strips > 0; strips--, weights += width, firstS += width)
        {
            float* z = firstZ, s = firstS;
            nint ahead = strips > 1 ? width : around.Ahead, far = strips > 2 ? 2 * width : around.Ahead + width;
            for (var left = groups; left > 0; left--, z += TExamples.Value * zStride, s += TExamples.Value * sStride)
            {
                Strip<TLanes, TWidth> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
                if (around.Continues)
                {
                    s0 = Strip<TLanes, TWidth>.Load(s, lanes);
                    if (TExamples.Value > 1)
                        s1 = Strip<TLanes, TWidth>.Load(s + sStride, lanes);
                    if (TExamples.Value > 2)
                        s2 = Strip<TLanes, TWidth>.Load(s + 2 * sStride, lanes);
                    if (TExamples.Value > 3)
                        s3 = Strip<TLanes, TWidth>.Load(s + 3 * sStride, lanes);
                    if (TExamples.Value > 4)
                        s4 = Strip<TLanes, TWidth>.Load(s + 4 * sStride, lanes);
                    if (TExamples.Value > 5)
                        s5 = Strip<TLanes, TWidth>.Load(s + 5 * sStride, lanes);
                }
                // Three addresses and one distance: with five and an index, the processor's integer registers did not suffice.
                float* row = weights, z0 = z, z2 = z + 2 * zStride, z4 = z + 4 * zStride;
                var l = inputs;
                for (; l > 1; l -= 2)
                {
                    var w = Strip<TLanes, TWidth>.Load(row, lanes);
                    if (TFetches.Value == 2)
                        Prefetch.Later(row + far);
                    else if (TFetches.Value > 0)
                        Prefetch.Read(row + ahead, TWidth.Value * TLanes.Count);
                    row += weightStride;
                    s0.Accumulate(TLanes.Broadcast(z0[0]), w);
                    if (TExamples.Value > 1)
                        s1.Accumulate(TLanes.Broadcast(z0[zStride]), w);
                    if (TExamples.Value > 2)
                        s2.Accumulate(TLanes.Broadcast(z2[0]), w);
                    if (TExamples.Value > 3)
                        s3.Accumulate(TLanes.Broadcast(z2[zStride]), w);
                    if (TExamples.Value > 4)
                        s4.Accumulate(TLanes.Broadcast(z4[0]), w);
                    if (TExamples.Value > 5)
                        s5.Accumulate(TLanes.Broadcast(z4[zStride]), w);
                    w = Strip<TLanes, TWidth>.Load(row, lanes);
                    if (TFetches.Value > 0)
                        Prefetch.Read(row + ahead, TWidth.Value * TLanes.Count);
                    row += weightStride;
                    s0.Accumulate(TLanes.Broadcast(z0[1]), w);
                    if (TExamples.Value > 1)
                        s1.Accumulate(TLanes.Broadcast(z0[zStride + 1]), w);
                    if (TExamples.Value > 2)
                        s2.Accumulate(TLanes.Broadcast(z2[1]), w);
                    if (TExamples.Value > 3)
                        s3.Accumulate(TLanes.Broadcast(z2[zStride + 1]), w);
                    if (TExamples.Value > 4)
                        s4.Accumulate(TLanes.Broadcast(z4[1]), w);
                    if (TExamples.Value > 5)
                        s5.Accumulate(TLanes.Broadcast(z4[zStride + 1]), w);
                    z0 += 2;
                    z2 += 2;
                    z4 += 2;
                }
                if (l > 0)
                {
                    var w = Strip<TLanes, TWidth>.Load(row, lanes);
                    if (TFetches.Value > 0)
                        Prefetch.Read(row + ahead, TWidth.Value * TLanes.Count);
                    s0.Accumulate(TLanes.Broadcast(z0[0]), w);
                    if (TExamples.Value > 1)
                        s1.Accumulate(TLanes.Broadcast(z0[zStride]), w);
                    if (TExamples.Value > 2)
                        s2.Accumulate(TLanes.Broadcast(z2[0]), w);
                    if (TExamples.Value > 3)
                        s3.Accumulate(TLanes.Broadcast(z2[zStride]), w);
                    if (TExamples.Value > 4)
                        s4.Accumulate(TLanes.Broadcast(z4[0]), w);
                    if (TExamples.Value > 5)
                        s5.Accumulate(TLanes.Broadcast(z4[zStride]), w);
                }
                if (TFetches.Value == 2)
                    (ahead, far) = (ahead - weightStride, far + weightStride);
                var to = s;
                for (var join = around.Joins; join > 0; join--)
                {
                    to -= around.Stride;
                    s0.Add(to, lanes);
                    if (TExamples.Value > 1)
                        s1.Add(to + sStride, lanes);
                    if (TExamples.Value > 2)
                        s2.Add(to + 2 * sStride, lanes);
                    if (TExamples.Value > 3)
                        s3.Add(to + 3 * sStride, lanes);
                    if (TExamples.Value > 4)
                        s4.Add(to + 4 * sStride, lanes);
                    if (TExamples.Value > 5)
                        s5.Add(to + 5 * sStride, lanes);
                }
                s0.Store(to, lanes);
                if (TExamples.Value > 1)
                    s1.Store(to + sStride, lanes);
                if (TExamples.Value > 2)
                    s2.Store(to + 2 * sStride, lanes);
                if (TExamples.Value > 3)
                    s3.Store(to + 3 * sStride, lanes);
                if (TExamples.Value > 4)
                    s4.Store(to + 4 * sStride, lanes);
                if (TExamples.Value > 5)
                    s5.Store(to + 5 * sStride, lanes);
            }
        }
    }

    /// <summary>What sums begin with, what they are added to before they are written, and which weights are next.</summary>
    /// <param name="continues">True if they begin with those of the rows before, in the same place.</param>
    /// <param name="joins">How many sums of ranges before are added.</param>
    /// <param name="stride">Floats from one of them to the next.</param>
    /// <param name="ahead">Floats from the last strip of the weights to the strip that is needed after it.</param>
    private readonly struct Surroundings(bool continues, int joins, nint stride, nint ahead)
    {
        public readonly bool Continues = continues;
        public readonly int Joins = joins;
        public readonly nint Stride = stride, Ahead = ahead;
    }
}
